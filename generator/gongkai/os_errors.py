"""Errors of the operating system, in words for a clerk."""

from __future__ import annotations

import errno
import os

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EADDRINUSE: "已经被别的程序占用",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
    errno.EBUSY: "正被别的程序使用",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOMEM: "内存不够",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EPERM: "没有权限",
    errno.EPIPE: "接收的一方已经关闭",
    errno.EROFS: "这里只能读，不能写",
}


def reason(error: OSError) -> str:
    """Return why something could not be read or written; a text of our own, or one that is not known, as it is."""
    known = _REASONS.get(error.errno or 0)
    if known is None or error.strerror != os.strerror(error.errno or 0):
        return error.strerror or str(error)
    return known


def told(error: OSError) -> str:
    """Return which file could not be read or written, where that is known, and why."""
    return reason(error) if error.filename is None else f"{error.filename}：{reason(error)}"

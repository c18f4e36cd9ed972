# Two commands: `make site` builds the site into site/, `make test` runs the tests.
# Everything either needs is set up here; nothing but Python 3.11+, git and make must be there before.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup site serve check test test-slow lint fix-lint bench schema lock clean

help:
	@echo "make site    生成网站到 site/"
	@echo "make setup   只安装，不生成"
	@echo "make serve   生成并预览网站，改了文件自动刷新"
	@echo "make check   检查数据"
	@echo "make test    运行测试（会装好浏览器）"
	@echo "make test-slow    运行较慢的测试"
	@echo "make lint    检查代码、类型、模块依赖、schema/ 和数据；make fix-lint 改好格式"
	@echo "make schema  重新写 schema/；make lock 重新写 requirements/（要先装 uv）"
	@echo "make bench   与 Hugo、MkDocs、Zensical 比快慢（SIZES=\"500 2000 10000\"）"
	@echo "make clean   删去网站和保存的中间结果"

$(VENV)/site.stamp: requirements/site.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本，现在是 $$($(PYTHON) --version)。可以用 make PYTHON=python3.12 指定。"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "不能建立虚拟环境。Debian、Ubuntu 请先运行：apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/site.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/browser.stamp: $(VENV)/dev.stamp tests/browser/setup_browser.py
	$(BIN)/python tests/browser/setup_browser.py
	@touch $@

setup: $(VENV)/site.stamp

site: $(VENV)/site.stamp
	$(BIN)/gongkai build

serve: $(VENV)/site.stamp
	$(BIN)/gongkai serve

check: $(VENV)/site.stamp
	$(BIN)/gongkai check

# Tests write and remove hundreds of thousands of small files, which takes less time in memory; they run some of them, too.
# Whoever sets TMPDIR is obeyed.
SHM_FREE = $(shell [ -w /dev/shm ] && ! grep -q ' /dev/shm [^ ]* [^ ]*noexec' /proc/mounts && df -Pk /dev/shm | awk 'END {print $$4}')
TEST_TMP = $(if $(TMPDIR),,$(shell [ "0$(SHM_FREE)" -gt 1000000 ] && echo TMPDIR=/dev/shm))
test: $(VENV)/browser.stamp
	$(TEST_TMP) $(BIN)/python -m pytest -n $(JOBS)

test-slow: $(VENV)/browser.stamp
	$(TEST_TMP) $(BIN)/python -m pytest -n $(JOBS) -m slow

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gongkai schema --check
	$(BIN)/gongkai check

fix-lint: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What the benchmarks compare with stands apart, so that it cannot change what the site is built with.
BENCH_VENV := .cache/bench-venv
SIZES ?= 500 2000 10000
$(BENCH_VENV)/bench.stamp: requirements/bench.txt
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

bench: $(VENV)/site.stamp $(BENCH_VENV)/bench.stamp
	$(BIN)/python benchmarks/bench.py $(SIZES) $(BENCH_OPTIONS)

schema: $(VENV)/site.stamp
	$(BIN)/gongkai schema

# Needs uv; run after changing the dependencies in pyproject.toml.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock:
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) pyproject.toml -o requirements/site.txt
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) requirements/bench.in -o requirements/bench.txt

clean:
	rm -rf site .site-building .site-changing .site-old .site-lock .cache build dist

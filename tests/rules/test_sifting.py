"""What passed once is not looked at again; what is caught is caught every time."""

from __future__ import annotations

from gongkai.rules.sifting import Sieve


def test_a_text_that_passed_is_not_looked_at_again() -> None:
    looked_at: list[str] = []

    def catches(text: str) -> bool:
        looked_at.append(text)
        return text == "按规定执行"

    sieve = Sieve(catches)
    assert not sieve.catches_any(["带上身份证"]) and not sieve.catches_any(["带上身份证"])
    assert sieve.catches_any(["带上身份证", "按规定执行"]) and sieve.catches_any(["按规定执行"])
    assert looked_at == ["带上身份证", "按规定执行", "按规定执行"]

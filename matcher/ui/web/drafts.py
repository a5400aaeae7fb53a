"""What somebody has said so far, kept in a cookie of their own browser until they send it."""

from __future__ import annotations

import binascii
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

from matcher.work.answering import Draft

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

COOKIE = "draft"
DAY = 24 * 3600

LONGEST = 4000
"""Characters of a cookie that every browser keeps."""


@dataclass(frozen=True)
class Kept:
    """A draft, and the secret that its forms send back: another site cannot know it.

    Nothing in it is trusted: all that it says is checked again when it is sent.
    """

    draft: Draft = field(default_factory=Draft)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @classmethod
    def of(cls, request: Request) -> Kept | None:
        """Return what a browser kept; ``None`` when there is nothing, or nothing that can be read."""
        try:
            told = json.loads(urlsafe_b64decode(request.cookies.get(COOKIE, "")))
            secret, said = told["secret"], told["draft"]
            lists = {name: tuple(said[name]) for name in _LISTS}
            texts = (secret, said["who"], said["name"], *(text for each in lists.values() for text in each))
            if secret and all(isinstance(text, str) for text in texts):
                return cls(Draft(said["who"], said["name"], **lists), secret)
        except (binascii.Error, ValueError, KeyError, TypeError):
            pass
        return None

    @cached_property
    def _text(self) -> str:
        told = json.dumps({"secret": self.secret, "draft": asdict(self.draft)}, ensure_ascii=False)
        return urlsafe_b64encode(told.encode("utf-8", "surrogatepass")).decode()

    @property
    def too_long(self) -> bool:
        """Whether there is more in it than browsers keep."""
        return len(self._text) > LONGEST

    def keep(self, response: Response, path: str, *, https: bool) -> None:
        """Let the browser keep it, for the pages of one link; if it is too long, the last stays."""
        if not self.too_long:
            response.set_cookie(
                COOKIE, self._text, max_age=DAY, path=path, secure=https, httponly=True, samesite="lax"
            )


_LISTS = tuple(each.name for each in fields(Draft) if each.name not in ("who", "name"))


def drop(response: Response, path: str) -> None:
    """Let the browser forget the draft of one link."""
    response.delete_cookie(COOKIE, path=path, httponly=True, samesite="lax")

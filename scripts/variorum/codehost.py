"""The code host: its forms for a new file, for one that there is, and for an objection, as addresses.

A form is configuration (`propose`, `edit`, `dispute` in docs/index.md); without it the host is taken to be GitHub, the
branch `main`. GitHub makes a copy of the repository for whoever may not write to it, and then offers the pull request.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from . import site
from .edition import Edition
from .published.exchange import Forms

PROPOSE = "{repository}/new/main?filename={path}&value={text}"
"""GitHub’s form for a new file: the branch in the path, the file’s path and text in the query."""
EDIT = "{repository}/edit/main/{path}"
"""GitHub’s form for a file that there is."""
DISPUTE = "{repository}/issues/new?template=dispute.yml&title={title}&record={address}"
"""GitHub’s issue form, its fields filled in by their ids."""
LONGEST_ADDRESS = 8000
"""Characters of an address that a host takes. GitHub answers 414 above some 8,190; who has not signed in comes to the
form through the sign-in page, whose address holds the form’s, escaped once more: that one is measured."""
_BLANKS = ("/OWNER/", "/REPO/", "/REPOSITORY/")


def is_placeholder(repository: str | None) -> bool:
    """Tell whether a repository’s address is none, or has a name in it that is still to be put in."""
    path = f"{urlsplit(repository or '').path}/"
    return not repository or site.is_placeholder(repository) or any(blank in path for blank in _BLANKS)


def forms(edition: Edition) -> Forms:
    """Return the forms for a new file and for one that there is, as the panel fills them."""
    matter = edition.matter
    return {"propose": (matter and matter.propose) or PROPOSE, "edit": (matter and matter.edit) or EDIT}


def edit(edition: Edition, path: str) -> str:
    """Return the address of the form that changes the file at `path`; nothing where there is no repository."""
    return _filled(edition, forms(edition)["edit"], path=quote(path))


def dispute(edition: Edition, page: str, title: str) -> str:
    """Return the address of the form that objects to the record on `page`; nothing where there is no repository."""
    form = (edition.matter and edition.matter.dispute) or DISPUTE
    address = f"{edition.site}{page}/" if edition.site else f"/{page}/"
    return _filled(edition, form, title=quote(f"Dispute: {title}", safe=""), address=quote(address, safe=""))


def _filled(edition: Edition, form: str, **marks: str) -> str:
    repository = edition.matter.repository if edition.matter else None
    if not repository:
        return ""
    for name, value in {"repository": repository.rstrip("/"), **marks}.items():
        form = form.replace(f"{{{name}}}", value)
    return form

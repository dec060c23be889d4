"""`./run texts`: write anew the list of all fixed sentences of documents."""

from __future__ import annotations

from tests.texts.template import TEMPLATE, listed, template

if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
    print(f"{TEMPLATE}: {len(listed())} sentences")

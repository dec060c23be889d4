"""`./run texts`: write anew the list of all fixed sentences of documents, and say how far each translation is."""

from __future__ import annotations

from a2p.documents.language import LANGUAGES
from tests.texts.template import TEMPLATE, listed, standing, template

if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
    print(f"{TEMPLATE}: {len(listed())} sentences")
    for source in sorted(LANGUAGES.glob("*.po")):
        print("\n".join(standing(source)))

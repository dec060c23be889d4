"""Lists the fixed sentences of documents for translators: `./run texts`."""

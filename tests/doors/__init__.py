"""Two worlds: the same partnership with the same people, of whom some said otherwise. Nobody may tell which one it is.

Whoever could work out what one voice said, by whatever algebra over all they were ever shown, could tell the worlds
apart. So the two have to look the same, word for word, to every viewer through every door at every moment.
"""

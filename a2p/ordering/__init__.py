"""Documents that people order: what they may have, what it is made from, and the rows that workers carry out."""

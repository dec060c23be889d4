"""In and out: answers from CSV, results to JSON."""

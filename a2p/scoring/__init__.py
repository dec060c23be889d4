"""What answers mean: points, scores, agreement, change and the frozen result. Pure and exact."""

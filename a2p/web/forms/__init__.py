"""The web form, made from a definition: one class per question type knows its fields, its answer and its words."""

"""What names are also found by: the initials of their pinyin, and characters of either script."""

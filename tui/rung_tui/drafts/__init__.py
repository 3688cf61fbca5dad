"""What was typed and not recorded, kept on disk so that neither a crash nor a closed window takes it."""

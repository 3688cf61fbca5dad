"""What may be done, by whom, and who must agree; every refusal is explained."""

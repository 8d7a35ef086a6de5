"""What all workers share: one Redis, whatever its form, and what the sign-in service keeps there."""

"""What real shops' tables add up to, system by system."""

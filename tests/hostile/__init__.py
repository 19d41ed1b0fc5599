"""What strangers might send: attacks as data, and editions made of them."""

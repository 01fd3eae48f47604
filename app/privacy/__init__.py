"""What is private in a text, what may leave, and how the answer gets its details back."""

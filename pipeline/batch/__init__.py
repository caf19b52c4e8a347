"""Many documents at once, on any executor. Only here an unexpected error becomes the status of a document."""

"""A PDF or a picture as pages: words with boxes, rulings, and a picture of each page for whoever asks."""

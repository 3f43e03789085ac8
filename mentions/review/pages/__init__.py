"""The pages of the desk, one module an area. Each has `routes`; mentions.review.app collects them all."""

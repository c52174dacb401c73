"""The web, grouped by who sits there: the only place with views, forms and templates."""

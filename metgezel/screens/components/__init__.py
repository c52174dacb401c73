"""The design system: tokens, named template components and a gallery that shows them all."""

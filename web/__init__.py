"""The browser's side: the UI script, the middleware, the routes."""

// What `server-only` is in jest: nothing.
export {}

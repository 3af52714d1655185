// Loaded before a server that a script starts. A script that is killed tells nobody, but its channel closes.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

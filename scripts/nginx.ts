import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment } from '@/lib/env'
import { type Running, start } from './run'

const USUAL_PLACES = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx']

/** nginx: one that is there, else one that is installed now; undefined where there is none and none can be had. */
export async function nginxPath(): Promise<string | undefined> {
  const find = () => USUAL_PLACES.find((path) => existsSync(path))
  if (find() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return find()
  console.log('No nginx found, installing one …')
  const env = childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' })
  await start('apt-get', ['update', '-qq'], { env }).ended
  await start('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nginx-light'], { env }).ended
  return find()
}

/** Servers behind one address, each request to the next of them. */
export type Balanced = {
  running: Running
  /** How many requests each of them answered. */
  shares(): number[]
  stop(): Promise<void>
}

/** Starts nginx as docs/operations.md says, in front of servers on these ports of 127.0.0.1. */
export function balance(nginx: string, port: number, upstreams: readonly number[]): Balanced {
  const folder = mkdtempSync(join(tmpdir(), 'balanced-'))
  chmodSync(folder, 0o755)
  const config = join(folder, 'nginx.conf')
  writeFileSync(config, configuration(folder, port, upstreams))
  const checked = spawnSync(nginx, ['-t', '-q', '-c', config], { encoding: 'utf8' })
  if (checked.status !== 0) throw new Error(`nginx does not start:\n${checked.stderr}`)
  const running = start(nginx, ['-c', config, '-g', 'daemon off;'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const shares = () => {
    const lines = readFileSync(join(folder, 'requests.log'), 'utf8').split('\n')
    return upstreams.map((upstream) => lines.filter((line) => line === `127.0.0.1:${upstream}`).length)
  }
  const stop = async () => {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { running, shares, stop }
}

const configuration = (folder: string, port: number, upstreams: readonly number[]) => `
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 1024; }
http {
  log_format upstream '$upstream_addr';
  access_log ${folder}/requests.log upstream;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  client_max_body_size 31m;
  upstream portal {
    ${upstreams.map((upstream) => `server 127.0.0.1:${upstream};`).join('\n    ')}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://portal;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_read_timeout 120s;
    }
  }
}
`

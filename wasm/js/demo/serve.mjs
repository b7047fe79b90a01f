/**
 * Serves the demo page on this machine only: `node demo/serve.mjs [port]`.
 */
import { createReadStream, realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';

const TYPES = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.wasm': 'application/wasm',
};

/** The page, the package and its module; nothing else of the folder. */
const SERVED = /^\/(?:demo\/[a-z-]+\.(?:html|css|js|svg)|src\/[a-z-]+\.js|tamis[a-z-]*\.wasm)$/;

/**
 * @param {{ port?: number, root?: string, seen?: (path: string) => void }} [options] port 0 takes a free one
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, root = fileURLToPath(new URL('..', import.meta.url)), seen = () => {} } = {}) {
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		seen(pathname);
		answer(root, request, response, pathname).catch(() => response.writeHead(404).end());
	});
	await new Promise((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
	const close = () => new Promise((done) => {
		server.close(done);
		server.closeAllConnections();
	});
	return { url: `http://localhost:${server.address().port}/demo/`, close };
}

async function answer(root, request, response, pathname) {
	if (pathname === '/' || pathname === '/demo') {
		response.writeHead(302, { location: '/demo/' }).end();
		return;
	}
	const path = pathname === '/demo/' ? '/demo/index.html' : pathname;
	if ((request.method !== 'GET' && request.method !== 'HEAD') || !SERVED.test(path)) {
		response.writeHead(404).end();
		return;
	}
	const file = join(root, path);
	const { size, mtimeMs } = await stat(file);
	const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
	const headers = { 'content-type': TYPES[extname(file)], etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
	if (request.headers['if-none-match'] === etag) {
		response.writeHead(304, headers).end();
		return;
	}
	response.writeHead(200, { ...headers, 'content-length': size });
	if (request.method === 'HEAD') response.end();
	else pipeline(createReadStream(file), response, () => {});
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
	const port = Number(process.argv[2] ?? 8088);
	const { url } = await serve({ port }).catch((error) => {
		if (error.code !== 'EADDRINUSE') throw error;
		return serve({ port: 0 });
	});
	console.log(`${url}\nEnd with Ctrl-C.`);
}

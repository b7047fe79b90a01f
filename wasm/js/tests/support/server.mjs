// @ts-check
/**
 * A loopback server that records what arrives, byte for byte, and answers as AI services do. `/recorded/<id>` tells and
 * forgets what came to paths that begin with `/ai/<id>/`.
 */
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

/** @typedef {{ method: string, url: string, headers: Record<string, string>, body: string }} Recorded `body` is base64. */

/**
 * @param {(path: string) => { body: string | Uint8Array, type: string, headers?: Record<string, string> } | undefined} [files]
 *     What else it serves.
 */
export async function serve(files = () => undefined) {
	/** @type {Map<string, Recorded[]>} */
	const recorded = new Map();
	/** @type {Map<string, () => void>} */
	const gates = new Map();
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) {
			chunks.push(chunk);
		}
		const body = Buffer.concat(chunks);
		const path = (request.url ?? '/').split('?')[0];
		const [, kind, id, ...rest] = path.split('/');
		const cors = {
			'access-control-allow-origin': '*', 'access-control-allow-headers': '*, authorization', 'access-control-allow-methods': '*',
			'access-control-expose-headers': '*', 'access-control-max-age': '600',
		};
		const headers = /** @type {Record<string, string>} */ (request.headers);
		if (request.method === 'OPTIONS') {
			response.writeHead(204, { ...cors, 'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*' }).end();
			return;
		}
		if (kind === 'recorded') {
			const list = recorded.get(id) ?? [];
			recorded.delete(id);
			response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(list));
			return;
		}
		if (kind === 'release') {
			gates.get(id)?.();
			gates.delete(id);
			response.writeHead(204, cors).end();
			return;
		}
		if (kind !== 'ai') {
			const file = files(path);
			response.writeHead(file === undefined ? 404 : 200, { ...cors, ...file?.headers, 'content-type': file?.type ?? 'text/plain' });
			response.end(file?.body ?? '');
			return;
		}
		recorded.set(id, [...recorded.get(id) ?? [], {
			method: request.method ?? '', url: request.url ?? '', headers, body: body.toString('base64'),
		}]);
		const said = { ...cors, 'x-reply': 'kept' };
		const text = body.toString('utf8');
		switch (rest[0]) {
			case 'text':
				response.writeHead(200, { ...said, 'content-type': 'text/plain; charset=utf-8' }).end(`You said: ${text}`);
				break;
			case 'bytes':
				response.writeHead(200, { ...said, 'content-type': 'application/octet-stream' }).end(body);
				break;
			case 'html':
				response.writeHead(200, { ...said, 'content-type': 'text/html' }).end(`<p>${text}</p>`);
				break;
			case 'gzip':
				response.writeHead(200, { ...said, 'content-type': 'application/json', 'content-encoding': 'gzip' })
					.end(gzipSync(JSON.stringify({ content: text })));
				break;
			case 'latin1':
				response.writeHead(200, { ...said, 'content-type': 'text/plain; charset=iso-8859-1' }).end(Buffer.from(`caf\xe9 ${text}`, 'latin1'));
				break;
			case 'error':
				response.writeHead(429, { ...said, 'content-type': 'application/json' }).end(JSON.stringify({ error: text }));
				break;
			case 'empty':
				response.writeHead(204, said).end();
				break;
			case 'cut':
				response.writeHead(200, { ...said, 'content-type': 'application/json', 'content-length': '1000' });
				response.write('{"content":"');
				setTimeout(() => response.destroy(), 20);
				break;
			case 'redirect':
				response.writeHead(307, { ...said, location: `/ai/${id}/json` }).end();
				break;
			case 'stream':
			case 'chat':
				response.writeHead(200, { ...said, 'content-type': 'text/event-stream' });
				response.write(`data: ${JSON.stringify({ delta: text })}\n\n`);
				gates.set(id, () => response.end('data: [DONE]\n\n'));
				break;
			default: {
				const reply = JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] });
				const length = String(Buffer.byteLength(reply));
				response.writeHead(200, { ...said, 'content-type': 'application/json', 'content-length': length }).end(reply);
			}
		}
	});
	await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

// A WebSocket between a client and a node that hides part of what the node offers: methods by prefix, and metadata versions.
import { WebSocket, WebSocketServer } from 'ws';

const allVersions = '0x0c0e0000000f00000010000000';
const encode = (versions) => `0x${Buffer.from([versions.length << 2, ...versions.flatMap((version) => [version, 0, 0, 0])]).toString('hex')}`;

// Returns the proxy's address, and the names of the methods that the client called.
export async function narrow(url, hiddenPrefixes, versions) {
  const called = new Set();
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((done) => server.on('listening', done));
  server.on('connection', (client) => {
    const node = new WebSocket(url);
    const asksForMethods = new Set();
    const open = new Promise((done) => node.on('open', done));
    client.on('message', async (text) => {
      for (const call of [JSON.parse(text)].flat()) {
        called.add(call.method);
        if (call.method === 'rpc_methods') asksForMethods.add(call.id);
      }
      await open;
      node.send(text.toString());
    });
    node.on('message', (text) => {
      const narrowed = text.toString().replaceAll(allVersions, encode(versions));
      const message = JSON.parse(narrowed);
      if (!asksForMethods.delete(message.id)) return client.send(narrowed);
      message.result.methods = message.result.methods.filter((name) => !hiddenPrefixes.some((prefix) => name.startsWith(prefix)));
      client.send(JSON.stringify(message));
    });
    client.on('close', () => node.close());
    node.on('close', () => client.close());
  });
  return { url: `ws://127.0.0.1:${server.address().port}`, called };
}

import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { BSON } from 'mongodb';

export type Command = Record<string, unknown>;

/** A test's answer to a command: a document without `ok: 1`, or a connection that ends without an answer. */
export type Answer = Command | 'hang up';

/** A server that speaks MongoDB's wire protocol, for the real driver: it keeps no data, and records the commands. */
export interface MongoServer {
  url: string;
  /** Commands of the store, in their order; those of the driver itself are left out. */
  commands: Command[];
  close(): Promise<void>;
}

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;

/** `setName`: the replica set that the server is a primary of; without one it stands alone. */
export async function startMongoServer(
  answer: (command: Command) => Answer,
  { setName }: { setName?: string } = {},
): Promise<MongoServer> {
  const commands: Command[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hello = helloOf(host, setName);

  const respond = (command: Command): Answer => {
    const [name = ''] = Object.keys(command);
    if (['hello', 'ismaster', 'isMaster'].includes(name)) return hello;
    if (['ping', 'endSessions'].includes(name)) return {};
    commands.push(command);
    return answer(command);
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onMessages(socket, (message) => {
      const reply = respond(commandIn(message));
      if (reply === 'hang up') socket.destroy();
      else socket.write(replyTo(message, { ok: 1, ...reply }));
    });
  });
  return {
    url: `mongodb://${host}/shop${setName === undefined ? '' : `?replicaSet=${setName}`}`,
    commands,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const helloOf = (host: string, setName: string | undefined): Command => ({
  ismaster: true,
  isWritablePrimary: true,
  helloOk: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
  logicalSessionTimeoutMinutes: 30,
  ...(setName !== undefined && {
    setName,
    setVersion: 1,
    secondary: false,
    hosts: [host],
    primary: host,
    me: host,
  }),
});

/** Calls back with each whole message of a connection. */
function onMessages(socket: Socket, use: (message: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
      const length = pending.readInt32LE(0);
      use(pending.subarray(0, length));
      pending = pending.subarray(length);
    }
  });
}

/** The document of a message; the driver sends the store's commands in one section. */
function commandIn(message: Buffer): Command {
  const isMessage = message.readInt32LE(12) === OP_MSG;
  const start = isMessage ? HEADER + 5 : message.indexOf(0, HEADER + 4) + 1 + 8;
  const length = message.readInt32LE(start);
  return BSON.deserialize(message.subarray(start, start + length));
}

function replyTo(message: Buffer, document: Command): Buffer {
  const isQuery = message.readInt32LE(12) === OP_QUERY;
  const body = BSON.serialize(document);
  const before = Buffer.alloc(HEADER + (isQuery ? 20 : 5));
  before.writeInt32LE(before.length + body.length, 0);
  before.writeInt32LE(message.readInt32LE(4), 8);
  before.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) before.writeInt32LE(1, HEADER + 16);
  return Buffer.concat([before, body]);
}

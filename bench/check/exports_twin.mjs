// Times the browser's reader on the file that stands on the input. Started by exports.py.
const pieces = [];
for await (const piece of process.stdin) pieces.push(piece);
const bytes = new Uint8Array(Buffer.concat(pieces));
const { readExport } = await import(process.argv[2]);

async function timed() {
  const start = process.cpuUsage().user;
  const chat = await readExport(bytes, {});
  return [(process.cpuUsage().user - start) / 1e6, chat.messages.length];
}

const before = process.memoryUsage().heapUsed;
const [first, messages] = await timed();
const memory = process.memoryUsage().heapUsed - before;
const rest = [];
for (let turn = 0; turn < 3; turn += 1) rest.push((await timed())[0]);
process.stdout.write(JSON.stringify({ first, best: Math.min(...rest), messages, memory }));

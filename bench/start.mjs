// How long `serve` takes until it answers, the median of eleven starts.
import { statSync } from 'node:fs';
import { program, serve } from './lib/site.mjs';

const folder = process.argv[2];
const times = [];
for (let start = 0; start < 11; start += 1) {
  const site = await serve({ data: `${folder}/data` }, ['--key', `${folder}/instance.key`]);
  times.push(site.seconds);
  await site.stop();
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({
  binary_mb: Math.round(statSync(program).size / 104857.6) / 10,
  start_s: Math.round(times[5] * 1000) / 1000,
}));

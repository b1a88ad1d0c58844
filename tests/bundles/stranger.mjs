// A stranger's verifier of a whole bundle, written from docs/bundle-format.md alone: sections 2 to 6.
// node stranger.mjs LETTER LIST: the letter as a sealed bundle holds it, and headquarters' trust list. Prints what holds and what not.
import fs from 'fs'; import crypto from 'crypto'; import zlib from 'zlib';
const letter = fs.readFileSync(process.argv[2]); const list = JSON.parse(fs.readFileSync(process.argv[3]));
const sha = (...b) => { const h = crypto.createHash('sha256'); b.forEach(x => h.update(x)); return h.digest(); };
const say = (n, ok) => console.log((ok ? 'ok   ' : 'FAIL ') + n);
const u32 = n => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const sorted = o => JSON.stringify(Object.fromEntries(Object.keys(o).sort().map(k => [k, o[k]])));
function verify(card, purpose, msg, sig) {
  const m = Buffer.concat([Buffer.from(purpose), Buffer.from([0]), msg]);
  if ((card.suite ?? 'modern') === 'modern') {
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(card.sign_key, 'hex')]);
    return crypto.verify(null, m, crypto.createPublicKey({ key: der, format: 'der', type: 'spki' }), sig); }
  const der = Buffer.concat([Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'), Buffer.from(card.sign_key, 'hex')]);
  const n = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'), s = BigInt('0x' + sig.subarray(32).toString('hex'));
  return s <= n - s && crypto.verify('sha256', m, { key: crypto.createPublicKey({ key: der, format: 'der', type: 'spki' }), dsaEncoding: 'ieee-p1363' }, sig); }
// section 2
const head = Buffer.from('fieldtool-env/1\n'); say('letter magic', letter.subarray(0, head.length).equals(head));
let at = head.length; const len = letter.readUInt32BE(at); at += 4;
const envRaw = letter.subarray(at, at + len); at += len; const envSig = letter.subarray(at, at + 64); at += 64; const book = letter.subarray(at);
const env = JSON.parse(envRaw);
const card = list.cards.find(c => c.device === env.may && String(c.incarnation) === String(env.lan_cap));
say('maker on the list', !!card); say('envelope signature', verify(card, 'fieldtool-env-v1', envRaw, envSig));
say('workbook hash', sha(book).toString('hex') === env.sha256_so && book.length === Number(env.co_so));
// zip
const parts = {}; { let e = book.lastIndexOf(Buffer.from('504b0506', 'hex')); let p = book.readUInt32LE(e + 16);
  for (let i = book.readUInt16LE(e + 10); i; i--) { const m = book.readUInt16LE(p + 10), cs = book.readUInt32LE(p + 20), nl = book.readUInt16LE(p + 28), xl = book.readUInt16LE(p + 30), cl = book.readUInt16LE(p + 32), o = book.readUInt32LE(p + 42);
    const name = book.subarray(p + 46, p + 46 + nl).toString(); const s = o + 30 + book.readUInt16LE(o + 26) + book.readUInt16LE(o + 28);
    const d = book.subarray(s, s + cs); parts[name] = (m ? zlib.inflateRawSync(d) : d).toString(); p += 46 + nl + xl + cl; } }
const un = t => t.replace(/&(lt|gt|amp|quot|apos|#x?[0-9a-fA-F]+);/g, (_, e) => ({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" })[e] ?? String.fromCodePoint(e[1] === 'x' ? parseInt(e.slice(2), 16) : +e.slice(1)));
const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(m => [...m[1].matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(x => un(x[1])).join(''));
const col = r => [...r.replace(/\d/g, '')].reduce((a, c) => a * 26 + c.charCodeAt(0) - 64, 0) - 1;
function sheet(name) { const id = parts['xl/workbook.xml'].match(new RegExp(`<sheet name="${name}"[^>]*r:id="([^"]+)"`))[1];
  const target = parts['xl/_rels/workbook.xml.rels'].match(/<Relationship [^>]*>/g).find(r => r.includes(`Id="${id}"`)).match(/Target="([^"]+)"/)[1];
  return [...parts['xl/' + target].matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(r => { const out = [];
    for (const c of r[1].matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) { const t = /t="s"/.test(c[2]) ? shared[+c[3].match(/<v>(\d+)/)[1]] : [...(c[3] ?? '').matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(x => un(x[1])).join(''); out[col(c[1])] = t; }
    return out; }); }
// sections 3, 4
const text = c => { c ??= ''; return c.startsWith('"') ? JSON.parse(c) : c; };
const m = Object.fromEntries(sheet('to_khai').slice(1).map(r => [r[0], r[1] ?? ''])); const sig = Buffer.from(m.chu_ky, 'hex'); delete m.chu_ky;
const header = Buffer.from(sorted(m)); say('bundle id', sha(header).toString('hex') === env.ma_goi); say('signature', verify(card, 'fieldtool-goi-v1', header, sig));
const crcT = [...Array(256)].map((_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0; });
const crc = b => { let c = ~0 >>> 0; for (const x of b) c = crcT[(c ^ x) & 255] ^ (c >>> 8); return ~c >>> 0; };
const leaves = []; let marks = true, bad = []; const rows = sheet('thay_doi').slice(1);
const ops = [];
for (const r of rows) { const cells = [...Array(17)].map((_, i) => Buffer.from(r[i] ?? '')); const leaf = sha(Buffer.from([0]), ...cells.flatMap(c => [u32(c.length), c])); leaves.push(leaf);
  const mark = leaf.toString('hex').slice(0, 16) + '-' + cells.map(c => (crc(c) % 4096).toString(16).padStart(3, '0')).join(''); if (mark !== r[17]) bad.push(r[0]);
  const t = [...Array(17)].map((_, i) => text(r[i])); if (t[0].includes('/')) t.forEach((x, i) => { if (i > 1) ops.at(-1)[i] += x; }); else ops.push(t); }
say('check codes', !bad.length); bad.forEach(row => console.log('row  ' + row)); say('root', sha(Buffer.from([1]), ...leaves).toString('hex') === m.goc_noi_dung); say('count', String(rows.length) === m.so_dong || String(ops.length) === m.so_dong);
// the event's hash
const L = s => { const b = Buffer.from(s); return Buffer.concat([u32(b.length), b]); }; let wrong = 0;
for (const o of ops) { const [, id, at2, author, village, kind, record, , field, , old, value, sup, basis, schema, prev, bam] = o;
  const h = sha(Buffer.from('fieldtool-event-1\0'), ...[id, prev, at2, author, schema, kind, record, field, value, sup, basis, village, old].map(L)); if (h.toString('hex') !== bam) { wrong++; } }
say(`events' hashes (${ops.length})`, !wrong);
// section 5: list and card signatures
const listBody = { ...list }; delete listBody.signature;
const rootCard = { suite: card.suite, sign_key: list.root };
say('list signature', verify(rootCard, 'fieldtool-tin-v1', Buffer.from(sorted2(listBody)), Buffer.from(list.signature, 'hex')));
for (const c of list.cards) { const b = Buffer.concat([c.device, String(c.incarnation), c.unit, c.unit_name, c.officer, c.role, c.areas.join('\n'), c.sign_key, c.seal_key, String(c.serial), c.issuer, c.suite].map(L)); say('card ' + c.device + '.' + c.incarnation, verify(rootCard, 'fieldtool-the-v1', b, Buffer.from(c.signature, 'hex'))); }
function sorted2(x) { if (Array.isArray(x)) return '[' + x.map(sorted2).join(',') + ']'; if (x && typeof x === 'object') return '{' + Object.keys(x).sort().map(k => JSON.stringify(k) + ':' + sorted2(x[k])).join(',') + '}'; return JSON.stringify(x); }

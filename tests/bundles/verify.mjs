// Verifies the content of a bundle without our program: node verify.mjs FILE.json
// FILE.json: {"public": hex Ed25519 key, "manifest": [[key, cell]…], "rows": [[17 signed cells, check code]…]}
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const bundle = JSON.parse(readFileSync(process.argv[2], "utf8"));
const sha = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leaf = (cells) => {
  const parts = [Buffer.from([0])];
  for (const cell of cells.slice(0, 17)) {
    const bytes = Buffer.from(cell, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, bytes);
  }
  return sha(...parts);
};
const cells = Object.fromEntries(bundle.manifest);
const signature = cells.chu_ky;
delete cells.chu_ky;
const header = JSON.stringify(Object.fromEntries(Object.keys(cells).sort().map((key) => [key, cells[key]])));
const changed = [];
bundle.rows.forEach((row, index) => {
  if (!row[17].startsWith(leaf(row).toString("hex").slice(0, 16))) changed.push(index + 2);
});
const root = sha(Buffer.from([1]), ...bundle.rows.map(leaf)).toString("hex");
const key = createPublicKey({
  key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(bundle.public, "hex")]),
  format: "der",
  type: "spki",
});
const message = Buffer.concat([Buffer.from("fieldtool-goi-v1\0"), Buffer.from(header, "utf8")]);
const signed = verify(null, message, key, Buffer.from(signature, "hex"));
const whole = signed && root === cells.goc_noi_dung && Number(cells.so_dong) === bundle.rows.length;
console.log(JSON.stringify({ id: sha(Buffer.from(header, "utf8")).toString("hex"), signed, whole, changed }));

// Texts and tables of other tools: CSV, Discord's package, DiscordChatExporter, iMessage as text.
import { resolveStamps } from "./dates.js";
import { FACTS, LONGEST_CELL } from "./facts.js";
import { kindOfFile, whatItIs } from "./kinds.js";
import { clockOf, conversation, dictOf, dictsOf, isoOf, message, momentOfNumber, momentOfText, sortByTime, textOf } from "./shapes.js";
import { UnreadableExport, note, size, strip, stripStart } from "./text.js";
import { newSigns } from "./whatsapp.js";

const ME = "Me";
const KINDS = new Set([
  "text", "photo", "video", "audio", "media", "sticker", "file", "location", "contact", "call", "deleted", "system",
]);

// --- dates in one cell or bracket ----------------------------------------------------------------------------------

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const TIME = "(?:,? (?:at )?| +)([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?(?:[ \\u00a0\\u202f]?([AaPp])\\.?[Mm]\\.?)?";
const NUMBERS = new RegExp(`^([0-9]{1,4})([./\\-])([0-9]{1,2})[./\\-]([0-9]{1,4})(?:${TIME})?$`, "u");
const DAY_NAME = new RegExp(`^([0-9]{1,2})[ \\-]([A-Za-z]{3})[a-z]*\\.?[ \\-]([0-9]{2,4})(?:${TIME})?$`, "u");
const NAME_DAY = new RegExp(`^([A-Za-z]{3})[a-z]*\\.? ([0-9]{1,2}),? ([0-9]{4})(?:${TIME})?$`, "u");

// { iso } where the text leaves no doubt, the bare numbers where it does, null where there is no date.
function readStamp(given, signs) {
  const text = strip(given, " ");
  if (size(text) > 60) return null;
  const moment = momentOfText(text) ?? momentOfNumber(text);
  if (moment) return moment;
  let found = NUMBERS.exec(text);
  if (found) {
    if (found[2] === "." && found[1].length < 3) signs.surelyDayFirst = true;
    return [Number(found[1]), Number(found[3]), Number(found[4]), ...timeOf(found.slice(5))];
  }
  found = DAY_NAME.exec(text);
  if (found) return namedMoment(Number(found[1]), found[2], Number(found[3]), timeOf(found.slice(4)));
  found = NAME_DAY.exec(text);
  return found ? namedMoment(Number(found[2]), found[1], Number(found[3]), timeOf(found.slice(4))) : null;
}

function timeOf([hour, minute, second, half]) {
  let hours = Number(hour || 0);
  if (half && hours <= 12) hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return [hours, Number(minute || 0), Number(second || 0)];
}

function namedMoment(day, name, year, time) {
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const at = month ? clockOf(year < 100 ? year + 2000 : year, month, day, ...time) : null;
  return at === null ? null : { iso: isoOf(at), at };
}

// Draft stamps to ISO texts, with the notes.
function settle(drafts, signs) {
  const stamps = drafts.map((draft) => (Array.isArray(draft.stamp) ? draft.stamp : null));
  const [moments, notes] = resolveStamps(stamps, signs);
  const messages = drafts.map(({ sender, text, stamp, kind }, at) => ({
    sender, text, sentAt: stamp && !Array.isArray(stamp) ? stamp.iso : moments[at], kind,
  }));
  return { messages, notes };
}

// --- rows and cells ------------------------------------------------------------------------------------------------

export function readRows(text, format = "csv") {
  const first = stripStart(text, "\n").split("\n", 1)[0];
  const count = (separator) => first.split(separator).length;
  const separator = [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
  const rows = [];
  let row = [];
  let at = 0;
  const add = (cell) => {
    if (cell.length > LONGEST_CELL && size(cell) > LONGEST_CELL) {
      throw new UnreadableExport(`a cell has more than ${LONGEST_CELL.toLocaleString("en-US")} characters`, format);
    }
    row.push(cell);
  };
  while (at < text.length) {
    const [cell, next] = text[at] === '"' ? quotedCell(text, at + 1) : [null, at];
    const end = cellEnd(text, next, separator);
    add((cell ?? "") + text.slice(next, end));
    at = end + 1;
    if (text[end] !== separator) {
      if (row.some(Boolean)) rows.push(row);
      row = [];
    } else if (at >= text.length) row.push("");
  }
  if (row.some(Boolean)) rows.push(row);
  return rows;
}

// The inside of a quoted cell, and where the text goes on after the closing mark.
function quotedCell(text, from) {
  let cell = "";
  let at = from;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return [cell + text.slice(at), text.length];
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') return [cell, end + 1];
    cell += '"';
    at = end + 2;
  }
}

function cellEnd(text, from, separator) {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== "\n") at += 1;
  return at;
}

// --- a table with a heading ----------------------------------------------------------------------------------------

export const table = {
  recognises(part) {
    if (part.data !== null) return false;
    let rows;
    try {
      rows = readRows(stripStart(part.text.slice(0, 4000), "\n").split("\n", 1)[0]);
    } catch {
      return false;
    }
    const columns = rows.length ? findColumns(rows[0]) : new Map();
    return rows.length > 0 && rows[0].length > 1 && columns.has("text") && (columns.has("sender") || columns.has("date"));
  },
  read: (parts) => parts.flatMap((part) => readTable(part.text)),
};

function readTable(text) {
  const [header = [], ...rows] = readRows(text);
  const columns = findColumns(header);
  if (!columns.has("text")) throw new UnreadableExport("the first row names no column for the text", "csv");
  const signs = newSigns();
  const chats = new Map();
  for (const row of rows) {
    const cell = (name) => (columns.has(name) ? (row[columns.get(name)] ?? "") : "");
    const key = cell("chat");
    if (!chats.has(key)) chats.set(key, []);
    chats.get(key).push(tableDraft(cell, signs));
  }
  return [...chats.values()].map((drafts) => {
    const { messages, notes } = settle(drafts, signs);
    return { messages, me: messages.some((one) => one.sender === ME) ? ME : null, notes, id: null };
  });
}

function findColumns(header) {
  const names = header.map((name) => strip(name).toLowerCase());
  const found = new Map();
  for (const [meaning, known] of Object.entries(FACTS.columns)) {
    const name = known.find((one) => names.includes(one));
    const place = name === undefined ? -1 : names.indexOf(name);
    if (place >= 0 && ![...found.values()].includes(place)) found.set(meaning, place);
  }
  return found;
}

function tableDraft(cell, signs) {
  const said = strip(cell("kind")).toLowerCase();
  const date = strip(`${cell("date")} ${cell("time")}`, " ");
  const sender = strip(cell("sender")) || (said === "outgoing" || said === "sent" ? ME : "");
  let [kind, text] = whatItIs(cell("text"));
  if (strip(cell("file")) && kind === "text") kind = kindOfFile(cell("file"));
  if (said === "notification") kind = "system";
  return { sender, text, stamp: readStamp(date, signs), kind: KINDS.has(said) ? said : kind };
}

// --- Discord's own package -------------------------------------------------------------------------------------------

export const discord = {
  recognises(part) {
    if (part.name.toLowerCase().endsWith("account/user.json")) return "username" in dictOf(part.data);
    return part.text.startsWith("ID,Timestamp,Contents") || dictsOf(part.data).slice(0, 3).some((one) => "Contents" in one);
  },
  read(parts) {
    const me = parts.map((part) => textOf(dictOf(part.data).username)).find(Boolean) ?? "me";
    const lists = parts.map((part) => (part.data !== null ? dictsOf(part.data) : rowsAsDicts(part.text)));
    return lists.filter((entries) => entries.length).map((entries) =>
      conversation(sortByTime(entries.map((one) => {
        const attached = textOf(one.Attachments);
        const kind = attached ? kindOfFile(attached.split(" ", 1)[0]) : "text";
        return message(me, textOf(one.Contents), momentOfText(one.Timestamp), kind);
      })), me, [note("own_messages_only")]));
  },
};

function rowsAsDicts(text) {
  const [header = [], ...rows] = readRows(text, "discord");
  return rows.map((row) => Object.fromEntries(header.slice(0, row.length).map((name, at) => [name, row[at]])));
}

// --- DiscordChatExporter -----------------------------------------------------------------------------------------------

const RULE = "=".repeat(62);
const DCE_CSV = /^"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?/;
const DCE_HEADER = /^\[([^\]]{8,40})\] ([^\n]{1,100}?)(?: \(pinned\))?$/u;
const DCE_SECTIONS = new Set(["{Attachments}", "{Stickers}", "{Embed}", "{Reactions}"]);

export const discordChatExporter = {
  recognises(part) {
    if (part.data === null) return part.text.startsWith(`${RULE}\nGuild:`) || DCE_CSV.test(part.text);
    const data = dictOf(part.data);
    return "channel" in data && dictsOf(data.messages).slice(0, 20).some((one) => "author" in one);
  },
  read: (parts) => parts.flatMap((part) => {
    if (part.data !== null) return [conversation(dictsOf(dictOf(part.data).messages).map(dceMessage))];
    return DCE_CSV.test(part.text) ? table.read([part]) : [dceText(part.text)];
  }),
};

function dceMessage(one) {
  let text = textOf(one.content);
  for (const embed of text ? [] : dictsOf(one.embeds)) {
    text = [text, textOf(embed.title), textOf(embed.description)].filter(Boolean).join("\n");
  }
  return message(textOf(dictOf(one.author).name), text, momentOfText(one.timestamp), dceKind(one));
}

function dceKind(one) {
  const written = textOf(one.type);
  if (written === "Call") return "call";
  if (!["Default", "Reply", ""].includes(written)) return "system";
  const attached = dictsOf(one.attachments);
  if (attached.length) return kindOfFile(textOf(attached[0].fileName) || textOf(attached[0].url));
  return dictsOf(one.stickers).length ? "sticker" : "text";
}

function dceText(text) {
  const signs = newSigns();
  const drafts = [];
  let section = null;
  for (const line of text.split("\n")) {
    const header = DCE_HEADER.exec(line);
    const stamp = header ? readStamp(header[1], signs) : null;
    const last = drafts[drafts.length - 1];
    if (header && stamp) {
      drafts.push({ sender: header[2], text: "", stamp, kind: "text" });
      section = null;
    } else if (line === RULE) section = last ? "=" : null;
    else if (DCE_SECTIONS.has(line)) section = line;
    else if (last && section === null) last.text += `\n${line}`;
    else if (last && line && section === "{Attachments}") last.kind = kindOfFile(line);
    else if (last && line && section === "{Stickers}") last.kind = "sticker";
    else if (last && line && section === "{Embed}") last.text += `\n${line}`;
  }
  for (const draft of drafts) draft.text = strip(draft.text, "\n");
  return { ...settle(drafts, signs), me: null, id: null };
}

// --- iMessage as text ------------------------------------------------------------------------------------------------

const IMESSAGE_HEADER =
  /^ *([A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4}) {1,2}([0-9]{1,2}:[0-9]{2}:[0-9]{2} [AP]M)(?: \([^)]{1,200}\))?(?: ([^\n]+))?$/u;
const IMESSAGE_PATH = /^(?:[^\n]*\/[^/\n]+\.[A-Za-z0-9]{2,5}|[^/\n ]+\.(?:jpe?g|png|heic|mov|mp4|caf|m4a|gif))$/iu;

export const imessage = {
  recognises: (part) =>
    part.data === null && part.text.slice(0, 20000).split("\n").slice(0, 20).some((line) => IMESSAGE_HEADER.test(line)),
  read: (parts) => parts.map((part) => imessageText(part.text)),
};

function imessageText(text) {
  const blocks = [];
  for (const line of text.split("\n")) {
    const header = IMESSAGE_HEADER.exec(line);
    if (header) blocks.push([header, []]);
    else if (blocks.length) blocks[blocks.length - 1][1].push(strip(line, " "));
  }
  if (!blocks.length) throw new UnreadableExport("no line is a date and a time", "imessage");
  const messages = blocks.flatMap(([header, lines]) => imessageBlock(header, lines));
  return conversation(messages, messages.some((one) => one.sender === ME) ? ME : null);
}

function imessageBlock(header, lines) {
  const moment = readStamp(`${header[1]} ${header[2]}`, newSigns());
  if (header[3]) return [message("", header[3], moment, "system")];
  let words = lines.slice(1);
  let reactions = [];
  const place = words.indexOf("Tapbacks:");
  if (place >= 0) {
    reactions = words.slice(place + 1).filter(Boolean);
    words = words.slice(0, place);
  }
  let text = strip(words.filter((line) => line !== "This message responded to an earlier message.").join("\n"), "\n");
  let kind = "text";
  if (text === "This message was deleted from the conversation!") [kind, text] = ["deleted", ""];
  else if (IMESSAGE_PATH.test(text)) [kind, text] = [kindOfFile(text), ""];
  return [message(lines[0] ?? "", text, moment, kind), ...reactions.map((line) => message("", line, moment, "system"))];
}

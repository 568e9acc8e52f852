// The apps that give JSON: Instagram, Messenger (old and end-to-end), Snapchat, TikTok, Telegram, Signal, our own.
import { kindOfFile, whatItIs } from "./kinds.js";
import {
  conversation, dictOf, dictsOf, listOf, message, momentOfNumber, momentOfText, ownerOf, sortByTime, textOf,
} from "./shapes.js";
import { strip, stripEnd } from "./text.js";

const entriesOf = (part) => dictsOf(dictOf(part.data).messages);

// --- Instagram and Messenger: newest first, in numbered files, with broken letters -----------------------------

const META_MEDIA = [
  ["photos", "photo"], ["videos", "video"], ["audio_files", "audio"], ["gifs", "sticker"], ["sticker", "sticker"],
  ["files", "file"],
];

export const messenger = { recognises: isMeta, read: readMeta };
export const instagram = {
  read: readMeta,
  recognises(part) {
    const data = dictOf(part.data);
    const named = `${part.name} ${textOf(data.thread_path)} ${textOf(data.title)}`.toLowerCase();
    return isMeta(part) && (named.includes("instagram") || part.text.slice(0, 4000).includes("is_geoblocked_for_viewer"));
  },
};

function isMeta(part) {
  return entriesOf(part).slice(0, 20).some((one) => "sender_name" in one || "timestamp_ms" in one);
}

function readMeta(parts) {
  const threads = new Map();
  for (const part of parts) {
    const data = dictOf(part.data);
    const key = `${part.name.slice(0, Math.max(0, part.name.lastIndexOf("/")))}\n${textOf(data.title)}`;
    threads.set(key, [...(threads.get(key) ?? []), data]);
  }
  return withOwner([...threads.values()].map((files) => {
    const entries = files.flatMap((data) => dictsOf(data.messages));
    const messages = sortByTime(entries.reverse().map(metaMessage));
    const named = files.flatMap((data) => dictsOf(data.participants)).map((one) => repair(textOf(one.name)));
    return { messages, named };
  }));
}

function withOwner(chats) {
  const people = chats.map(({ messages, named }) => {
    const names = new Set([...named, ...messages.map((one) => one.sender)]);
    names.delete("");
    return names;
  });
  const me = ownerOf(people);
  return chats.map(({ messages }, at) => conversation(messages, people[at].has(me) ? me : null));
}

const PLAIN = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex
const BYTES = /^[\x00-\xff]*$/; // eslint-disable-line no-control-regex
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// `fÃ¼r` as it was written: `für`. A text that is whole stays as it is.
function repair(text) {
  if (PLAIN.test(text) || !BYTES.test(text)) return text;
  try {
    return STRICT.decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  } catch {
    return text;
  }
}

function metaMessage(one) {
  let text = repair(textOf(one.content));
  const link = repair(textOf(dictOf(one.share).link));
  if (link && !text.includes(link)) text = text ? `${text}\n${link}` : link;
  return message(repair(textOf(one.sender_name)), text, momentOfNumber(one.timestamp_ms), metaKind(one));
}

function metaKind(one) {
  if (one.is_unsent === true) return "deleted";
  if ("call_duration" in one || one.type === "Call") return "call";
  if (one.type === "Subscribe" || one.type === "Unsubscribe") return "system";
  return META_MEDIA.find(([name]) => filled(one[name]))?.[1] ?? "text";
}

// Whether there is anything in it: an empty list or object is nothing.
function filled(value) {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && typeof value === "object" ? Object.keys(value).length > 0 : Boolean(value);
}

// --- Messenger, end-to-end encrypted ---------------------------------------------------------------------------

export const messengerE2ee = {
  recognises: (part) =>
    "threadName" in dictOf(part.data) || entriesOf(part).slice(0, 20).some((one) => "senderName" in one),
  read: (parts) =>
    withOwner(parts.map((part) => ({
      messages: sortByTime(entriesOf(part).map((one) =>
        message(textOf(one.senderName), textOf(one.text), momentOfNumber(one.timestamp), e2eeKind(one)))),
      named: listOf(dictOf(part.data).participants).map(textOf),
    }))),
};

function e2eeKind(one) {
  const kind = textOf(one.type).toLowerCase();
  if (one.isUnsent === true) return "deleted";
  if (kind.includes("call")) return "call";
  const media = dictsOf(one.media);
  if (media.length) return kindOfFile(textOf(media[0].uri));
  if (kind === "media") return "media";
  return kind === "placeholder" || kind === "admin" ? "system" : "text";
}

// --- Snapchat, old and new ---------------------------------------------------------------------------------------

const SNAP_KINDS = new Map([
  ["TEXT", "text"], ["IMAGE", "photo"], ["PHOTO", "photo"], ["VIDEO", "video"], ["AUDIO", "audio"], ["NOTE", "audio"],
  ["MEDIA", "media"], ["SNAP", "media"], ["STICKER", "sticker"], ["LOCATION", "location"],
  ["STATUSERASEDMESSAGE", "deleted"],
]);

export const snapchat = {
  recognises: (part) =>
    snapLists(part).some(([, entries]) =>
      entries.slice(0, 3).some((one) => "Media Type" in one && ("From" in one || "To" in one))),
  read(parts) {
    const chats = new Map();
    const owners = new Set();
    for (const part of parts) {
      for (const [title, entries] of snapLists(part)) {
        for (const one of [...entries].reverse()) {
          const [found, mine] = snapMessage(one);
          const friend = "IsSender" in one ? title : textOf("To" in one ? one.To : one.From);
          if (!chats.has(friend)) chats.set(friend, []);
          chats.get(friend).push(found);
          if (mine) owners.add(found.sender);
        }
      }
    }
    const me = owners.size === 1 ? [...owners][0] : null;
    return [...chats.values()].map((messages) => conversation(sortByTime(messages), me));
  },
};

function snapLists(part) {
  return Object.entries(dictOf(part.data)).filter(([, list]) => Array.isArray(list)).map(([key, list]) => [key, dictsOf(list)]);
}

function snapMessage(one) {
  const mine = one.IsSender === true || (!("IsSender" in one) && "To" in one);
  const sender = textOf(one.From) || (mine ? "me" : "");
  let text = textOf(one.Content) || textOf(one.Text);
  const name = textOf(one["Media Type"]).toUpperCase();
  const kind = name.startsWith("STATUSCALL") ? "call" : (SNAP_KINDS.get(name) ?? (name.startsWith("STATUS") ? "system" : "text"));
  if ((kind === "system" || kind === "call") && !text) text = textOf(one["Media Type"]);
  return [message(sender, text, momentOfText(one.Created) ?? momentOfNumber(one["Created(microseconds)"]), kind), mine];
}

// --- TikTok ------------------------------------------------------------------------------------------------------

const TIKTOK_TITLE = />>> Chat History with ([^\n]{1,100})/u;
const TIKTOK_MOMENT = /([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?: UTC)?)(?: ([^\n]*))?/u;
const TIKTOK_TITLE_LINE = new RegExp(`^${TIKTOK_TITLE.source}`, "u");
const TIKTOK_MOMENT_LINE = new RegExp(`^${TIKTOK_MOMENT.source}$`, "u");

export const tiktok = {
  recognises(part) {
    const start = part.text.slice(0, 20000);
    if (part.data === null) return TIKTOK_TITLE.test(start) && TIKTOK_MOMENT.test(start);
    return Object.keys(tiktokChats(part.data)).length > 0;
  },
  read(parts) {
    const chats = parts.flatMap((part) => (part.data === null ? tiktokText(part.text) : tiktokJson(part.data)));
    const others = new Set(chats.flatMap(([, messages]) => messages.map((one) => one.sender)));
    for (const [partner] of chats) others.delete(partner);
    others.delete("");
    const me = others.size === 1 ? [...others][0] : null;
    return chats.map(([, messages]) => conversation(messages, me));
  },
};

function tiktokChats(data) {
  for (const [outer, inner] of [["Direct Messages", "Chat History"], ["Direct Message", "Direct Messages"]]) {
    const found = dictOf(dictOf(dictOf(dictOf(data)[outer])[inner]).ChatHistory);
    if (Object.keys(found).length) return found;
  }
  return {};
}

function tiktokJson(data) {
  return Object.entries(tiktokChats(data)).map(([title, entries]) => [
    stripEnd(title.startsWith("Chat History with ") ? title.slice(18) : title, ": "),
    sortByTime(dictsOf(entries).map((one) => {
      const [kind, text] = whatItIs(textOf(one.Content));
      return message(textOf(one.From), text, momentOfText(one.Date), kind);
    })),
  ]);
}

function tiktokText(text) {
  const chats = [];
  for (const line of text.split("\n")) {
    const title = TIKTOK_TITLE_LINE.exec(line);
    const moment = TIKTOK_MOMENT_LINE.exec(line);
    const open = chats[chats.length - 1];
    if (title) chats.push([stripEnd(title[1], ": "), []]);
    else if (moment && open) open[1].push([moment[1], ...(moment[2] ? [moment[2]] : [])]);
    else if (open && open[1].length) open[1][open[1].length - 1].push(line);
  }
  return chats.map(([partner, found]) => [partner, sortByTime(found.map(tiktokLines))]);
}

function tiktokLines(lines) {
  const whole = strip(lines.slice(1).join("\n"), " \n");
  const colon = whole.indexOf(":");
  const [sender, said] = colon < 0 ? ["", whole] : [whole.slice(0, colon), whole.slice(colon + 1)];
  const [kind, text] = whatItIs(strip(said, " \n"));
  return message(strip(sender, " "), text, momentOfText(lines[0]), kind);
}

// --- Telegram ----------------------------------------------------------------------------------------------------

const TELEGRAM_MEDIA = new Map([
  ["voice_message", "audio"], ["audio_file", "audio"], ["video_message", "video"], ["video_file", "video"],
  ["animation", "video"], ["sticker", "sticker"],
]);

export const telegram = {
  recognises(part) {
    if (Array.isArray(dictOf(dictOf(part.data).chats).list)) return true;
    return entriesOf(part).slice(0, 20).some((one) => "from_id" in one || "actor_id" in one || "date_unixtime" in one);
  },
  read: (parts) => parts.flatMap((part) => {
    const data = dictOf(part.data);
    const owner = dictOf(data.personal_information).user_id;
    const found = [...dictsOf(dictOf(data.chats).list), ...dictsOf(dictOf(data.left_chats).list)];
    return (found.length ? found : [data]).map((chat) => telegramChat(chat, owner ? `user${textOf(owner)}` : ""));
  }),
};

function telegramChat(chat, owner) {
  const entries = dictsOf(chat.messages);
  return conversation(entries.map(telegramMessage), telegramMe(chat, entries, owner));
}

function telegramMe(chat, entries, owner) {
  const senders = new Map();
  for (const one of entries) if (one.type === "message") senders.set(textOf(one.from_id), telegramSender(one));
  if (owner) return senders.get(owner) || null;
  if (chat.type !== "personal_chat") return null;
  const mine = [...senders].filter(([identity]) => identity !== `user${textOf(chat.id)}`);
  return mine.length === 1 ? mine[0][1] || null : null;
}

function telegramMessage(one) {
  const moment = momentOfText(one.date) ?? momentOfNumber(one.date_unixtime);
  if (one.type !== "service") return message(telegramSender(one), telegramText(one), moment, telegramKind(one));
  const action = textOf(one.action);
  const said = [action.replaceAll("_", " "), textOf(one.discard_reason), textOf(one.title), telegramText(one)];
  return message(textOf(one.actor), said.filter(Boolean).join(" "), moment, action.includes("call") ? "call" : "system");
}

const telegramSender = (one) => textOf(one.from) || textOf(one.from_id);

function telegramText(one) {
  const pieces = listOf(one.text).map((piece) => textOf(typeof piece === "string" ? piece : dictOf(piece).text));
  const poll = dictOf(one.poll);
  const asked = [poll.question, ...dictsOf(poll.answers).map((answer) => answer.text)].map(textOf);
  return [pieces.length ? pieces.join("") : textOf(one.text), ...asked].filter(Boolean).join("\n");
}

function telegramKind(one) {
  const media = TELEGRAM_MEDIA.get(textOf(one.media_type));
  if (media) return media;
  if ("photo" in one) return "photo";
  if ("location_information" in one) return "location";
  if ("contact_information" in one) return "contact";
  return "file" in one ? kindOfFile(textOf(one.file_name) || textOf(one.file)) : "text";
}

// --- Signal ------------------------------------------------------------------------------------------------------

const SIGNAL_TIMES = ["sent_at", "sentAt", "dateSent", "timestamp", "date", "received_at"];
const SIGNAL_SENDERS = ["sender", "sourceName", "source", "from", "author", "address", "sourceServiceId"];
const SIGNAL_WORDS = new Set(["", "incoming", "outgoing", "sent", "received", "message", "text"]);
const SIGNAL_ME = "Me";

export const signal = {
  recognises: (part) => signalEntries(part.data).slice(0, 50).some((one) => "chatItem" in one || isSignalRow(one)),
  read: (parts) => parts.flatMap((part) => readSignal(signalEntries(part.data))),
};

const signalEntries = (data) => dictsOf(Array.isArray(data) ? data : dictOf(data).messages);
const isSignalRow = (one) => "body" in one && SIGNAL_TIMES.some((name) => name in one);

function readSignal(entries) {
  const names = new Map(entries.map((one) => dictOf(one.recipient)).map((one) => [textOf(one.id), signalName(one)]));
  const chats = new Map();
  for (const one of entries) {
    const item = dictOf(one.chatItem);
    const whole = Object.keys(item).length > 0;
    if (!whole && !isSignalRow(one)) continue;
    const key = textOf(whole ? item.chatId : one.conversationId);
    if (!chats.has(key)) chats.set(key, []);
    chats.get(key).push(whole ? signalItem(item, names) : signalRow(one));
  }
  return [...chats.values()].map((messages) =>
    conversation(sortByTime(messages), messages.some((one) => one.sender === SIGNAL_ME) ? SIGNAL_ME : null));
}

function signalName(recipient) {
  if ("self" in recipient) return SIGNAL_ME;
  const contact = dictOf(recipient.contact);
  const whole = strip(`${textOf(contact.profileGivenName)} ${textOf(contact.profileFamilyName)}`, " ");
  return whole || textOf(contact.e164);
}

function signalItem(item, names) {
  const standard = dictOf(item.standardMessage);
  const author = textOf(item.authorId);
  const sender = "outgoing" in item ? SIGNAL_ME : names.get(author) || author;
  let text = textOf(dictOf(standard.text).body);
  const attached = dictsOf(standard.attachments).map((one) => dictOf(one.pointer));
  let kind = attached.length ? signalContent(attached) : "text";
  if ("remoteDeletedMessage" in item) kind = "deleted";
  else if ("stickerMessage" in item) kind = "sticker";
  else if ("viewOnceMessage" in item) kind = "media";
  else if ("updateMessage" in item) {
    const update = Object.keys(dictOf(item.updateMessage));
    kind = update.some((name) => name.includes("Call")) ? "call" : "system";
    text = update.join(" ");
  }
  return message(sender, text, momentOfNumber(item.dateSent), kind);
}

function signalRow(one) {
  const direction = textOf(one.type).toLowerCase();
  const named = SIGNAL_SENDERS.map((name) => textOf(one[name])).find(Boolean) ?? "";
  const mine = direction === "outgoing" || direction === "sent" || ["me", "you"].includes(named.toLowerCase());
  const moment = SIGNAL_TIMES.map((name) => momentOfNumber(one[name]) ?? momentOfText(one[name])).find(Boolean) ?? null;
  return message(mine ? SIGNAL_ME : named, textOf(one.body), moment, signalKind(one, direction));
}

function signalKind(one, direction) {
  if (one.deletedForEveryone === true || one.isErased === true) return "deleted";
  if (direction.includes("call")) return "call";
  const attached = dictsOf(one.attachments);
  if (attached.length) return signalContent(attached);
  if (filled(one.sticker)) return "sticker";
  return SIGNAL_WORDS.has(direction) ? "text" : "system";
}

function signalContent(attached) {
  const content = textOf(attached[0].contentType);
  const found = [["image/", "photo"], ["video/", "video"], ["audio/", "audio"]].find(([start]) => content.startsWith(start));
  return found ? found[1] : "file";
}

// --- our own form --------------------------------------------------------------------------------------------------

const KINDS = new Set([
  "text", "photo", "video", "audio", "media", "sticker", "file", "location", "contact", "call", "deleted", "system",
]);
const ownChats = (part) => (Array.isArray(part.data) ? dictsOf(part.data) : part.data === null ? [] : [dictOf(part.data)]);

export const lightkeeper = {
  recognises: (part) =>
    ownChats(part).slice(0, 20).some((chat) =>
      dictsOf(chat.messages).slice(0, 20).some((one) => "sender" in one && "text" in one)),
  read: (parts) => parts.flatMap(ownChats).map((chat) => {
    const messages = dictsOf(chat.messages).map((one) => {
      const kind = textOf(one.kind);
      return message(textOf(one.sender), textOf(one.text), momentOfText(one.sent_at), KINDS.has(kind) ? kind : "text");
    });
    return conversation(messages, textOf(chat.me), [], textOf(chat.id) || null);
  }),
};

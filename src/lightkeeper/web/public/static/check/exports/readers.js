// The readers of every format. The first that recognises a file reads it; `pasted` takes any text and comes last.

import { instagram, lightkeeper, messenger, messengerE2ee, signal, snapchat, telegram, tiktok } from "./accounts.js";
import * as pasted from "./pasted.js";
import { discord, discordChatExporter, imessage, table } from "./tables.js";
import * as whatsapp from "./whatsapp.js";

export const READERS = new Map([
  ["discord_chat_exporter", discordChatExporter],
  ["discord", discord],
  ["imessage", imessage],
  ["tiktok", tiktok],
  ["csv", table],
  ["whatsapp", whatsapp],
  ["telegram", telegram],
  ["instagram", instagram],
  ["messenger", messenger],
  ["messenger_e2ee", messengerE2ee],
  ["snapchat", snapchat],
  ["lightkeeper", lightkeeper],
  ["signal", signal],
  ["pasted", pasted],
]);

// Written from the Python side (lightkeeper.check.exports.browser); do not edit here.
export const LARGEST_FILE = 2147483648;
export const LARGEST_TEXT = 128000000;
export const MOST_ENTRIES = 200000;
export const MOST_MESSAGES = 2000000;
export const LONGEST_MESSAGE = 1000000;
export const LONGEST_CELL = 131072;
export const LONGEST_NAME = 100;

"use strict";

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const command = workspace.getConfiguration("irekae").get("command");
  client = new LanguageClient("irekae", "Irekae", { command, args: ["lsp"] }, { documentSelector: [{ language: "irk" }] });
  return client.start();
};

exports.deactivate = () => client?.stop();

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2025-01-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "tamis.wasm", wasm = embed "../../tamis.wasm"),
    (name = "src/body.js", esModule = embed "../../src/body.js"),
    (name = "src/catalogue.js", esModule = embed "../../src/catalogue.js"),
    (name = "src/destinations.js", esModule = embed "../../src/destinations.js"),
    (name = "src/error.js", esModule = embed "../../src/error.js"),
    (name = "src/fetch.js", esModule = embed "../../src/fetch.js"),
    (name = "src/guard.js", esModule = embed "../../src/guard.js"),
    (name = "src/index.js", esModule = embed "../../src/index.js"),
    (name = "src/instance.js", esModule = embed "../../src/instance.js"),
    (name = "src/module.js", esModule = embed "../../src/module.js"),
    (name = "src/outcome.js", esModule = embed "../../src/outcome.js"),
    (name = "src/redactor.js", esModule = embed "../../src/redactor.js"),
    (name = "src/reply.js", esModule = embed "../../src/reply.js"),
    (name = "src/scrub.js", esModule = embed "../../src/scrub.js"),
    (name = "src/streaming.js", esModule = embed "../../src/streaming.js"),
    (name = "src/workerd.js", esModule = embed "../../src/workerd.js"),
    (name = "src/xhr.js", esModule = embed "../../src/xhr.js"),
    (name = "tests/support/scenarios.mjs", esModule = embed "../support/scenarios.mjs"),
    (name = "tests/support/vector.mjs", esModule = embed "../support/vector.mjs"),
  ],
);

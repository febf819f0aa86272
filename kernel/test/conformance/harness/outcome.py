"""What a kernel sent in answer to one execute_request."""


class Outcome:
    def __init__(self, request_id, reply, messages, input_requests, seconds):
        self.request_id = request_id
        self.reply = reply
        self.messages = messages
        self.input_requests = input_requests
        self.seconds = seconds

    @property
    def content(self):
        return self.reply["content"] if self.reply else {}

    @property
    def status(self):
        return self.content.get("status")

    @property
    def types(self):
        return [m["msg_type"] for m in self.messages]

    def contents(self, *msg_types):
        return [m["content"] for m in self.messages if m["msg_type"] in msg_types]

    def stream(self, name):
        return "".join(c["text"] for c in self.contents("stream") if c["name"] == name)

    @property
    def stdout(self):
        return self.stream("stdout")

    @property
    def stderr(self):
        return self.stream("stderr")

    @property
    def data(self):
        """The MIME bundle of the execute_result, or {}."""
        results = self.contents("execute_result")
        return results[-1]["data"] if results else {}

    @property
    def value(self):
        """text/plain of the execute_result, or None."""
        return self.data.get("text/plain")

    @property
    def displays(self):
        return [c["data"] for c in self.contents("display_data")]

    @property
    def rich(self):
        """MIME bundles of every result and display of the cell, in order."""
        return [c["data"] for c in self.contents("execute_result", "display_data")]

    @property
    def error(self):
        errors = self.contents("error")
        return errors[-1] if errors else None

    @property
    def error_text(self):
        return "" if self.error is None else "\n".join([self.error["ename"], self.error["evalue"], *self.error["traceback"]])

    def __repr__(self):
        shown = []
        for m in self.messages:
            c = m["content"]
            if m["msg_type"] == "status":
                shown.append(c["execution_state"])
            elif m["msg_type"] == "stream":
                shown.append(f"{c['name']}({c['text'][:200]!r})")
            elif m["msg_type"] in ("execute_result", "display_data", "update_display_data"):
                shown.append(f"{m['msg_type']}({ {k: str(v)[:200] for k, v in c['data'].items()} })")
            elif m["msg_type"] == "error":
                shown.append(f"error({c['ename']}: {c['evalue'][:300]})")
            elif m["msg_type"] != "execute_input":
                shown.append(m["msg_type"])
        return f"reply {self.status}; " + ", ".join(shown)

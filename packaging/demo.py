"""Open the window on a throw-away profile whose "cloud" is a real server on this machine.

Nothing is sent anywhere: the server is llama.cpp's own with the small bundled model, on loopback.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from loopback_server import MODEL_NAME, LoopbackServer

CONFIDANT = str(Path(sys.executable).with_name("confidant"))


def _settings(address: str) -> dict[str, str]:
    return {
        "cloud.base_url": address,
        "cloud.model": MODEL_NAME,
        "cloud.policy": "ask",
        "cloud.enabled": "on",
    }


def _prepare(profile: str, address: str, environment: dict[str, str]) -> None:
    for key, value in _settings(address).items():
        command = [CONFIDANT, "--profile", profile, "settings", "set", key, value]
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit(done.returncode)


def _open_window(profile: str, environment: dict[str, str]) -> int:
    """Wait for the window to close; Ctrl+C closes it."""
    window = subprocess.Popen([CONFIDANT, "--profile", profile], env=environment)
    try:
        return window.wait()
    except KeyboardInterrupt:
        window.send_signal(signal.SIGINT)
        try:
            window.wait(timeout=5)
        except subprocess.TimeoutExpired:
            window.kill()
            window.wait()
        return 0


def main() -> int:
    """Start the server, prepare the profile, open the window; take both away at the end."""
    # A real key or profile has no place in a demonstration.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CONFIDANT_", "OPENAI_"))}
    # Nor does the system's keyring remember a profile that is thrown away.
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with tempfile.TemporaryDirectory(prefix="confidant-demo-") as profile, LoopbackServer() as server:
            print(f'The "cloud" of this demonstration is {server.address}, on this machine.', file=sys.stderr)
            print(
                'Hard questions go there; "Ask the cloud" under an answer sends any other.', file=sys.stderr
            )
            print("Everything you type here is thrown away at the end.", file=sys.stderr)
            _prepare(profile, server.address, environment)
            return _open_window(profile, environment)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())

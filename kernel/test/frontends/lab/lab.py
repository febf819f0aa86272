"""Serves the JupyterLab that build.js made, on Debian's Jupyter server: lab.py FOLDER [options of the server]."""

import os
import sys

from jupyterlab_server import LabServerApp

built = sys.argv.pop(1)


def _jupyter_server_extension_points():
    return [{"module": __name__, "app": Lab}]


class Lab(LabServerApp):
    name = __name__
    extension_url = default_url = "/lab"
    load_other_extensions = False
    app_name = "JupyterLab"
    app_version = "4"
    static_dir = os.path.join(built, "static")
    schemas_dir = os.path.join(built, "schemas")
    themes_dir = os.path.join(built, "themes")
    templates_dir = os.path.dirname(os.path.abspath(__file__))
    app_settings_dir = os.path.join(built, "settings")
    user_settings_dir = os.path.join(built, "user-settings")
    workspaces_dir = os.path.join(built, "workspaces")


if __name__ == "__main__":
    Lab.launch_instance()

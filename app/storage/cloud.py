"""Is a folder kept in step with the internet by a cloud drive? Told by its name and its traces.

A drive that copies the file while it is written damages the copy, puts "conflicting copies" beside
it, and takes the residents' data out of the house.
"""

import os
import re
from pathlib import Path

# How the folders are called that these programs make, in lower case and without blanks.
_FOLDERS = (
    ("OneDrive", r"onedrive(-.+)?"),
    ("iCloud", r"iclouddrive|mobiledocuments|com~apple~clouddocs"),
    ("Dropbox", r"dropbox(\(.+\))?"),
    ("Google 云端硬盘", r"googledrive|谷歌云端硬盘"),
    ("坚果云", r"(我的)?坚果云|nutstore(files)?|nutstore-.+"),
    (
        "百度网盘",
        r"(我的)?百度(网盘|云).*|baidu(netdisk|syncdisk|yun).*",
    ),
    ("微云", r"(腾讯)?微云(同步助手|同步盘)?(\(.+\))?|weiyun(sync|disk)?"),
    ("WPS 云盘", r"wps云盘|wps云文档|wpsdrive|wpscloudfiles"),
    ("阿里云盘", r"阿里云盘.*|alipandrive|adrive"),
    ("天翼云盘", r"天翼云盘.*|ecloud(同步盘)?"),
    ("移动云盘", r"(中国)?移动云盘.*|和彩云.*|mcloud"),
    ("夸克网盘", r"夸克网盘.*|quarkclouddrive"),
    ("115 网盘", r"115(网盘|云盘|sync)"),
    ("Nextcloud", r"nextcloud|owncloud"),
    ("同步盘", r".*同步盘|.*云同步"),
)
_KNOWN = tuple((name, re.compile(pattern)) for name, pattern in _FOLDERS)
# What they leave in the topmost of their folders.
_TRACES = (
    ("Dropbox", ".dropbox"),
    ("Dropbox", ".dropbox.cache"),
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B"),
    ("Google 云端硬盘", ".tmp.drivedownload"),
    ("坚果云", ".nutstore"),
    ("Syncthing", ".stfolder"),
    ("Nextcloud", ".owncloudsync.log"),
    ("Seafile", ".seafile-data"),
    ("Resilio Sync", ".sync"),
)
# Where Windows says that OneDrive lies: 桌面 and 文档 are often moved into it.
_SAID = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


def cloud_of(folder: Path) -> str:
    """The name of the cloud drive that `folder` lies in, as its users know it; '' for none."""
    places = [Path(os.path.abspath(folder)), Path(os.path.realpath(folder))]
    return next(filter(None, map(_of, dict.fromkeys(places))), "")


def cloud_words(folder: Path) -> str:
    """One sentence for an office whose files lie in a cloud drive; '' where they do not."""
    name = cloud_of(folder)
    return name and (
        f"资料所在的文件夹由「{name}」自动同步：同步时可能弄坏资料，居民信息也会传到网上。"
        f"请把资料移到不同步的文件夹，或在「{name}」里不再同步它。"
    )


def _of(place: Path) -> str:
    said = [Path(os.environ[name]) for name in _SAID if os.environ.get(name)]
    if any(place.is_relative_to(root) for root in said):
        return "OneDrive"
    for folder in (place, *place.parents):
        found = _named(folder.name) or _traced(folder)
        if found:
            return found
    return ""


def _named(name: str) -> str:
    plain = "".join(name.lower().split()).replace("（", "(").replace("）", ")")
    return next((drive for drive, pattern in _KNOWN if pattern.fullmatch(plain)), "")


def _traced(folder: Path) -> str:
    return next((drive for drive, trace in _TRACES if (folder / trace).exists()), "")

"""The words of files: why one is not taken, what one is used for."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "file.empty": _("这个文件是空的，请重新选。"),
    "file.too_large": _("文件太大，最多 %(limit)s MB。照片可以先在手机里选“中等大小”再发。"),
    "file.unknown_type": _(
        "这个文件不能收。照片要 JPG、PNG 或 WebP（苹果手机的 HEIC 请在“设置—相机—格式”里选“兼容性最佳”）；"
        "语音要 m4a、mp3、ogg、webm、amr 或 wav；文书要 PDF。"
    ),
    "file.no_video": _("不收视频，请发照片或语音。"),
    "file.broken": _("文件不完整或已损坏，打不开。请重新拍一张，或重新选。"),
    "file.too_many_pixels": _("照片像素太高，最多 %(limit)s 百万像素。请用普通模式拍，或截图再发。"),
    "file.too_many": _("一次最多附 %(limit)s 个文件，请分几次发。"),
    "file.too_many_here": _("这一件已经有您发的 %(limit)s 个文件了，请打电话给管理处。"),
    "file.too_many_drafts": _("还有 %(limit)s 个文件没有用上。请先办完手上的，再添加。"),
    "file.unknown_use": _("文件的用途“%(use)s”不认识，可以是：%(known)s。"),
    "file.other_use": _("“%(use)s”不能用这种文件：语音用录音，文书用 PDF 或照片，其余用照片。"),
    "file.not_found": _("附的文件已过期，或者不是您添加的。请重新添加。"),
    "file.kept": _("这个文件已经归档，要到期、经两个人同意才能销毁。"),
    "file.unreadable": _("读不了这个文件：%(file)s。"),
    "file.none_chosen": _("请选一个文件。"),
}
USES = {
    "photo": _("照片"),
    "before": _("施工前"),
    "after": _("施工后"),
    "slip": _("门上留条"),
    "signature": _("签名"),
    "voice": _("语音"),
    "paper": _("文书"),
}
FACTS = {"files": _("附件")}
CODES = {"use": USES}

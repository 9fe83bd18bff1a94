"""Which of Apprise's services may be used here: those which speak https (or http, to what the owner allows) and nothing else.

A schema of Apprise's that stands in neither table is refused, and a test fails until somebody has read what it does.
"""

from __future__ import annotations

ALLOWED = frozenset(
    """
    46elks apprise apprises atalk azure bark barks betterstack bluesky brevo bsky bulksms bulkvs burstsms chanify clickatell
    clicksend cliq cm d7sms dapnet dingtalk dot eight00com elks emby embys enigma2 enigma2s evolution evolutions exotel feishu
    firehydrant flock flowtriq flowtriqs fluxer fluxers freemobile gchat github goalert goalerts gorush gorushs gotify gotifys
    groundmail groupme guilded gupshup hassio hassios httpsms humhub humhubs ifttt ilert incidentio infobip jellyfin jellyfins
    jira join kakao kakaotalk kaleyra kavenegar klr kodi kodis kook kudosity kumulos lametric lametrics lark lauther lfg line
    mailersend mailgun mastodon mastodons matrix matrixs misskey misskeys mmost mmosts mobilemessage mobilemsg msg91 msgbird
    ncloud nclouds nctalk nctalks nexmo notica noticas notifiarr notifico notificos notifyre o365 octopush onebot onebots
    onesignal opsgenie pagerduty pagertree parsep parseps pbul pinglet pinglets pingram pjet pjets plivo postmark pover prowl
    psafer psafers push pushdeer pushdeers pushed pushme pushplus pushward pushy qq reddit resend revolt ringc rocket rockets
    ryver schan sendgrid sendpulse serwersms ses session sessions seven sfr signal signalgrid signals signl4 simplepush sinch smsc
    smseagle smseagles smsmanager smsmgr smstunnel smtp2go sns sogs sparkpost spike splunk spugpush spush squadcast stackfield
    strmlabs synology synologys telesign telnyx tgram threema toot toots trigv trigvs tweet twilio twist twitter viber victorops
    voipms vonage webex wechat wecom wecombot whapi whatsapp workflow workflows wpush wxpusher wxteams x xbmc xbmcs xmatters
    youlmk zalo zcliq zohocliq zoom zulip
    """.split()
)

_LOCAL = "It runs something on the server itself, and would tell the wrong person."
_PROTOCOL = "It speaks another language than https, which is not let out here."
_MAIL = "Take the channel for e-mail."
_FILES = "It reads files of the server."
_OWN = "There is a channel of its own for that: take that one."

REFUSED: dict[str, str] = {
    schema: reason
    for reason, schemas in {
        _LOCAL: "blink1 dbus kde qt gio glib gnome macosx windows syslog",
        _PROTOCOL: "amqp amqps aprs growl irc ircs mqtt mqtts nostr rsyslog smpp smpps xmpp xmpps",
        _MAIL: "mailto mailtos deltachat deltachats",
        _FILES: "vapid fcm",
        _OWN: "slack discord ntfy ntfys json jsons xml xmls form forms",
    }.items()
    for schema in schemas.split()
}
"""With the reason, for the person."""

/** The words of the preferences; preferences.en.ts has the same. */
export const preferencesZh = {
  preferencesPage: '通知偏好',
  preferencesNote: '站内消息总会收到；这里决定还用什么渠道、何时发送',
  preferenceKind: '消息类型',
  preferenceChannels: '其他渠道',
  preferenceDigest: '汇总发送时刻',
  preferenceQuiet: '免打扰时段',
  preferenceDefault: '默认',
  preferenceCompulsory: '必达',
  preferenceDigestHow: '汇总发送时刻（不填则生成后即发）',
  preferenceAtOnce: '生成后即发',
  preferenceNoQuiet: '不设',
  preferenceChange: '编辑 {kind}',
  preferenceKeepsOne: '须至少保留一个渠道：{why}',
}

/** The words of the header; navigation.en.ts has the same. */
export const navigationZh = {
  menu: '菜单',
  navigation: '主导航',
  groupMonth: '本月',
  groupFiling: '填报',
  groupReview: '审核',
  groupBulletins: '通报与排名',
  groupLibrary: '项目库',
  groupReminders: '提醒督办',
  groupAdministration: '管理',
}

import type { FieldWords } from './field-words.ts'

/** What people enter to assess. */
export const ASSESSMENT_ENTERED: FieldWords = {
  atMost: ['封顶', 'A mark above counts as this', 'marks'],
  components: ['考评项目', 'What the assessment is made of'],
  component: ['考评项目', 'Component by its key'],
  'components.key': ['项目代号', 'Names the component in marks'],
  'components.name': ['项目名称', 'Name of the component'],
  'components.source': ['得分来源', 'Where its mark comes from'],
  'components.weight': ['权重', 'Weight of the component', 'percent'],
  dropFrom: ['去掉最高最低分的起点', 'Highest and lowest are dropped with at least so many marks', 'marks'],
  fromHalf: ['自半年起', 'Half year from which on it counts'],
  half: ['半年', 'Half of a year'],
  judge: ['评委', 'Who judged'],
  mark: ['评分', 'Mark', 'marks of 100'],
  quarter: ['季度', 'Quarter of a year'],
  'putQuarterComment.text': ['点评', 'Comment'],
  term: ['考评期', 'Year, half or quarter'],
}

/** What an assessment works out. */
export const ASSESSMENT_COMPUTED: FieldWords = {
  'Assessment.months': ['已截止月份', 'Months that are due'],
  'AssessmentEntry.text': ['点评或依据', 'Comment, or why the mark is what it is'],
  'AssessmentEntry.topic': ['评委或考评项目', 'Who judged, or which component'],
  'AssessmentEntry.subject': ['考评对象', 'Region or project'],
  'AssessmentRow.components': ['各项得分', 'Marks of the components'],
  'AssessedComponent.mark': ['得分', 'Mark of the component', 'marks of 100'],
  comment: ['点评', 'Comment on the quarter'],
  countedMarks: ['计入评分数', 'Marks that count', 'marks'],
  countedProjects: ['计入项目数', 'Projects that count', 'projects'],
  'SiteProject.marks.subject': ['考评对象', 'The project'],
  'SiteProject.marks.text': ['依据或原因', 'Why the mark is what it is'],
  'SiteProject.marks.topic': ['评委', 'Who judged'],
  'seal.publishedBy': ['公布人', 'Who published it'],
  'seal.publishedByName': ['公布人姓名', 'Name of who published it'],
  isDropped: ['去掉的最高分或最低分', 'Dropped as the highest or the lowest'],
  marks: ['评委评分', 'Marks of the panel'],
  points: ['加权得分', 'Mark by weight', 'marks of 100'],
  'QuarterRow.mark': ['季度均分', 'Mean of the months', 'marks of 100'],
  'QuarterRow.months': ['各月得分', 'Scores of the months'],
  seal: ['公布', 'When and by whom it was published'],
  'SiteProject.mark': ['项目均分', 'Mean of the marks that count', 'marks of 100'],
  'SiteRow.mark': ['观摩得分', 'Mean of the projects', 'marks of 100'],
  terms: ['分期', 'What it is made of, time by time'],
}

/**
 * GB/T 9704-2012: A4, 37 mm above, 28 mm at the binding edge, a type area of 156 × 225 mm, 22 lines of 28 characters;
 * title 二号小标宋, text 三号仿宋, first headings 黑体, second 楷体. Where those typefaces are not installed their nearest kin serve.
 */
export const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt "SimSun", "宋体", serif; } }
@page :left { margin: 37mm 28mm 35mm 26mm; @bottom-left { content: "— " counter(page) " —"; font: 14pt "SimSun", "宋体", serif; } }
.gongwen { width: 156mm; margin: 0 auto; color: #000; background: #fff; font-family: "仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", serif; font-size: 16pt; line-height: 29pt; letter-spacing: -0.2pt; text-align: justify; overflow-wrap: anywhere; }
.gongwen .masthead { margin: 0; text-indent: 0; color: #d00000; text-align: center; font: normal 36pt/1.3 "方正小标宋简体", "FZXiaoBiaoSong-B05S", "小标宋体", "STZhongsong", "Noto Serif CJK SC", serif; }
.gongwen .issue { display: flex; justify-content: space-between; gap: 8mm; }
.gongwen .number { margin: 6mm 0 4mm; text-indent: 0; text-align: center; }
.gongwen .rule { height: 0; margin: 2mm 0 12mm; border: 0; border-top: 2pt solid #d00000; }
.gongwen h1 { margin: 0 0 29pt; text-align: center; text-wrap: balance; font: normal 22pt/33pt "方正小标宋简体", "FZXiaoBiaoSong-B05S", "小标宋体", "STZhongsong", "Noto Serif CJK SC", serif; }
.gongwen h2 { margin: 0; text-indent: 2em; font: normal 16pt/29pt "黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", sans-serif; break-after: avoid; }
.gongwen h3 { margin: 0; text-indent: 2em; font: normal 16pt/29pt "楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "Noto Serif CJK SC", serif; break-after: avoid; }
.gongwen p { margin: 0; text-indent: 2em; }
.gongwen .note { text-indent: 0; text-align: center; color: #d00000; }
.gongwen table { width: 100%; margin: 4pt 0 10pt; border-collapse: collapse; font-size: 9pt; line-height: 13pt; letter-spacing: 0; }
.gongwen caption { padding: 4pt 0; font: normal 12pt/18pt "黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", sans-serif; }
.gongwen th, .gongwen td { padding: 2pt 3pt; border: 0.5pt solid #000; text-align: center; vertical-align: middle; }
.gongwen th { font-weight: normal; font-family: "黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", sans-serif; }
.gongwen thead { display: table-header-group; }
.gongwen tr { break-inside: avoid; }
.gongwen .annex { break-before: page; }
.gongwen .annex-number { text-indent: 0; font-family: "黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", sans-serif; }
.gongwen .foot { margin-top: 29pt; border-top: 1pt solid #000; border-bottom: 1pt solid #000; font-size: 14pt; line-height: 24pt; break-inside: avoid; }
.gongwen .foot p { padding: 2pt 1em; text-indent: 0; }
.gongwen .foot p + p { border-top: 0.5pt solid #000; }
@media screen { .gongwen { padding: 12mm 26mm 12mm 28mm; max-width: 100%; } }
`

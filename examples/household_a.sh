#!/bin/sh
# The life of household A, as the coordinator types it. `toshima demo` plays this file step by step;
# by hand: cd examples, export TOSHIMA_DB=/tmp/demo.db, sh household_a.sh
# Each step: a date (TOSHIMA_TODAY), a command. "exit 3" after a step: the program refuses, and should.

# ja: データベースを作成し、担当者を登録します。
# en: The books are made, and the people who work with them are named.
TOSHIMA_TODAY=2026-10-05 toshima init
TOSHIMA_TODAY=2026-10-05 toshima staff add k03 --name 青木 --office 福祉総務課 --role coordinator
TOSHIMA_TODAY=2026-10-05 toshima staff add c01 --name 森 --office コミュニティソーシャルワーカー --window csw --role window_worker
TOSHIMA_TODAY=2026-10-05 toshima staff add e01 --name 原 --office 高齢者総合相談センター --window korei-sogo --role window_worker

# ja: ① 近所の方の心配を民生委員が聞き、CSWにつながりました。どの窓口でも、まずすべてのご相談を受け止めます。
# en: ① A neighbour worries, a welfare commissioner listens, a community social worker takes it all in.
TOSHIMA_TODAY=2026-10-05 toshima intake --from household_a.json

# ja: ② 介護・就労・ひきこもりにまたがるため、福祉包括化推進員につなぎます。CSWも引き続き関わります。
# en: ② Care, work and withdrawal at once: it goes to a coordinator, and the window stays on.
TOSHIMA_TODAY=2026-10-06 toshima route 2026-0001 --complex --coordinator k03

# ja: ご本人たちの同意はまだありません。関係者会議を、守秘義務のある支援会議として開きます。
# en: Nobody has consented yet. The agencies meet in a statutory support conference, bound to secrecy.
TOSHIMA_TODAY=2026-10-06 toshima convene stakeholder --on 2026-10-08 --case 2026-0001 --attendee k03,c01,e01
TOSHIMA_TODAY=2026-10-08 toshima attend M2026-0001 k03 c01 e01 --guest "小川 正|民生委員・児童委員|委員" --secrecy
TOSHIMA_TODAY=2026-10-08 toshima decide M2026-0001 1 --outcome advised --note "部会で支援方針を決める。それまでは民生委員が見守る"

# ja: 部会が支援方針（アプローチ方法）を決めます。
# en: The subcommittee decides how to approach the household.
TOSHIMA_TODAY=2026-10-08 toshima convene subcommittee --on 2026-10-15 --attendee k03,c01,e01
TOSHIMA_TODAY=2026-10-15 toshima attend M2026-0002 k03 c01 e01
TOSHIMA_TODAY=2026-10-15 toshima decide M2026-0002 1 --outcome approach --note "CSWと民生委員が一緒に訪問し、一人ずつ話を聞く" --action "csw|民生委員と一緒に訪問する|2026-10-22"

# ja: 訪問を重ね、BさんとCさんには別々にお話をうかがいます。
# en: Visits, and B and C are asked separately.
TOSHIMA_TODAY=2026-10-20 toshima progress 2026-0001 --method visit --person A --note "民生委員と訪問。玄関先で20分ほど話せた" --next 2026-10-27 --next-what "二度目の訪問" --done A1
TOSHIMA_TODAY=2026-10-27 toshima progress 2026-0001 --method visit --person B --note "部屋の前で短く話した。働きたい気持ちはある" --next 2026-11-02 --next-what "同意について話す"
TOSHIMA_TODAY=2026-10-29 toshima consent 2026-0001 C --refused --method oral
TOSHIMA_TODAY=2026-11-02 toshima consent 2026-0001 A --given --scope plan,sharing --method signature --explained-by c01
TOSHIMA_TODAY=2026-11-02 toshima consent 2026-0001 B --given --scope plan,sharing --method signature --explained-by c01
TOSHIMA_TODAY=2026-11-02 toshima gate 2026-0001

# ja: ③ 同意のあるお二人を、適切な窓口へつなぎます。
# en: ③ The two who consented are connected with the windows that fit.
TOSHIMA_TODAY=2026-11-05 toshima route 2026-0001 --to kurashi-shigoto --person A --ground consent --reason "日中にできる仕事を探したい"
TOSHIMA_TODAY=2026-11-05 toshima route 2026-0001 --to hikikomori --person B --ground consent --reason "週1回の面談を希望"
TOSHIMA_TODAY=2026-11-10 toshima route 2026-0001 --accept R2026-0001
TOSHIMA_TODAY=2026-11-12 toshima route 2026-0001 --accept R2026-0002

# ja: 支援プランは、同意のある方についてだけ作成できます。Cさんを含めると、理由を示して断ります。
# en: A plan is made for those who consent. With C in it, the program refuses and says why.
TOSHIMA_TODAY=2026-11-16 toshima plan 2026-0001 --from plan_abc.json # exit 3
TOSHIMA_TODAY=2026-11-16 toshima plan 2026-0001 --from plan_a.json

# ja: 部会は、AさんとBさんを重層的支援会議で、Cさんを支援会議で扱います。
# en: The subcommittee: A and B in the multi-layered conference, C in the support conference.
TOSHIMA_TODAY=2026-11-16 toshima convene subcommittee --on 2026-11-19 --attendee k03,c01,e01
TOSHIMA_TODAY=2026-11-19 toshima agenda M2026-0003
TOSHIMA_TODAY=2026-11-19 toshima attend M2026-0003 k03 c01 e01
TOSHIMA_TODAY=2026-11-19 toshima decide M2026-0003 1 --outcome approved
TOSHIMA_TODAY=2026-11-19 toshima decide M2026-0003 2 --outcome continue --note "高齢者総合相談センターが節子さんへの声かけを続ける"

# ja: ④ 支援が始まり、経過を残します。
# en: ④ Support runs, and its course is noted.
TOSHIMA_TODAY=2026-12-01 toshima progress 2026-0001 --method accompany --person B --note "面談に一緒に行った。次も行くと話す" --next 2026-12-15 --next-what "就労の状況を聞く" --done A3
TOSHIMA_TODAY=2026-12-15 toshima progress 2026-0001 --method phone --person A --note "週3日の仕事が決まった" --next 2027-01-15 --next-what "仕事の様子を聞く" --done A2
TOSHIMA_TODAY=2027-01-15 toshima progress 2026-0001 --method visit --person C --note "節子さんがデイサービスの見学に行った" --next 2027-02-15 --next-what "三人の様子を聞く"

# ja: ⑤ 部会が経過観察と決め、見守る人と期限を決めます。
# en: ⑤ The subcommittee decides to watch; who watches, and until when, is named.
TOSHIMA_TODAY=2027-01-15 toshima convene subcommittee --on 2027-01-21 --attendee k03,c01,e01
TOSHIMA_TODAY=2027-01-21 toshima attend M2026-0004 k03 c01 e01
TOSHIMA_TODAY=2027-01-21 toshima decide M2026-0004 1 --outcome watch
TOSHIMA_TODAY=2027-01-22 toshima watch 2026-0001 --by "民生委員 小川" --every 1m --until 2027-03-18 --sign "郵便物がたまる、夜中に声がする"

# ja: 見守りの期限が来て、部会が評価し、終結します。
# en: The watch ends, the subcommittee evaluates, and the case is concluded.
TOSHIMA_TODAY=2027-03-10 toshima convene subcommittee --on 2027-03-18 --attendee k03,c01,e01
TOSHIMA_TODAY=2027-03-18 toshima attend M2026-0005 k03 c01 e01
TOSHIMA_TODAY=2027-03-18 toshima decide M2026-0005 1 --outcome conclude
TOSHIMA_TODAY=2027-03-19 toshima close 2026-0001 --reason resolved --lead csw --change work_started --evaluation "就労と面談が続き、家の中の会話が戻った" --wish "このまま三人で暮らしたい" --groundwork "民生委員の見守り、高齢者総合相談センターの窓口" --yes

package io.burnish.validation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Offers made in words rather than numbers. Patterns expect {@link NormalText}. */
final class OfferWording {

  static final Pattern BUY_ONE_GET_ONE =
      pattern(
          "(?<![\\d.,+%])1 ?\\+ ?1(?![\\d.,]*[\\d%])"
              + "|(?<![\\p{L}])(?:אחד ?(?:פלוס|ועוד|\\+) ?אחד|אחת ?(?:פלוס|ועוד|\\+) ?אחת)"
              + "|(?<![\\p{L}])bogo(?![\\p{L}])|(?<![\\p{L}\\d])b1g1|(?<![\\p{L}\\d])b\\dg\\df"
              + "|buy (?:one|two|any|an?|\\d)[^.!]{0,40}?(?:get|receive) "
              + "(?:(?:your|the|a) )?(?:one|second|another|1|2nd)[^.!\\d%]{0,30}?"
              + "(?:free|complimentary|at no (?:extra )?(?:cost|charge)|on us)"
              + "|buy (?:one|1),? get (?:one|1)(?! ?(?:at|for|half|\\d|with))"
              + "|(?<![\\p{L}\\d.])(?:2|two) (?:for|4) (?:the (?:price|cost) of )?(?:1|one)(?![\\d.,]*[\\d%])"
              + "|(?<![\\d.])2 ?ב-? ?(?:מחיר )?(?:של )?(?:1(?![\\d.,]*[\\d%])|אחד|אחת)"
              + "|(?:שניים|שתיים|שני [^.!]{2,20}?) ?במחיר (?:של )?(?:אחד|אחת|1(?!\\d))"
              + "|(?:second|2nd) (?:one |item |ticket |product |pair |meal |drink |piece )?(?:is |for )?free"
              + "|(?<!חודש |שבוע |שנה |יום )(?<![\\p{L}])ה?(?:שני|שניה|שנייה)(?: \\p{L}+)? (?:ב?מתנה|ב?חינם|ללא (?:עלות|תשלום))"
              + "|(?:קנה|קני|קנו|קונים)[^.!]{0,25}(?:קבל|קבלי|קבלו|מקבלים) (?:(?:את )?ה?(?:שני|שנייה|שניה)|עוד אחד|עוד אחת|1(?!\\d)|אחד|אחת)"
              + "|(?<![\\d.,+])2 ?\\+ ?1(?![\\d.,]*[\\d%])(?= ?(?:ב?מתנה|ב?חינם|free|gift))");

  static final Pattern FREE =
      pattern(
          "(?<![\\p{L}])(?:ב?חינם|ללא (?:עלות|תשלום|חיוב)|ללא דמי|במתנה|מתנה|פטור(?: מלא)? מ"
              + "|free(?! (?:shipping|delivery|parking|returns?|wi-?fi|to ))"
              + "|complimentary|at no (?:extra |additional )?(?:cost|charge)|freebie)"
              + "(?! (?:משלוח|חניה|חנייה))");

  /** What comes free beside nearly every offer, and is none itself. */
  private static final Pattern SIDE_MATTER_BEFORE =
      pattern(
          "(?:משלוח(?:ים)?|חניה|חנייה|החזרה|החזרות|shipping|delivery|parking|-) ?(?:is |are |עד הבית )?$");

  static final Pattern HALF =
      pattern("(?<![\\p{L}])(?:half[ -](?:price|off)|(?:ב?חצי|במחצית) (?:ה)?מחיר)");

  private static final Pattern TAKEN_OFF =
      pattern(
          "off|discount|free|cash ?back|sav|refund|הנח|חינם|מתנה|זיכוי|החזר|ללא (?:עלות|תשלום)");

  private OfferWording() {}

  static boolean saysBuyOneGetOne(String text) {
    return BUY_ONE_GET_ONE.matcher(text).find();
  }

  static boolean saysHalfPrice(String text) {
    return HALF.matcher(text).find();
  }

  /** Whether something is free that is more than delivery or parking. */
  static boolean saysFree(String text) {
    Matcher free = FREE.matcher(text);
    while (free.find()) {
      String before = text.substring(Math.max(0, free.start() - 20), free.start());
      if (!SIDE_MATTER_BEFORE.matcher(before).find()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the words are about something taken off, and not about, say, 100% cotton. */
  static boolean saysTakenOff(String text) {
    return TAKEN_OFF.matcher(text).find();
  }

  private static Pattern pattern(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }
}

package com.shunpi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1: what cannot be read is named by row and field and never guessed; no file takes the server down. */
class SheetTest {

    private static final List<Column> COLUMNS = List.of(
            Column.required("code", "编码"),
            Column.optional("name", "名称"),
            Column.optional("amount", "金额"),
            Column.optional("quantity", "数量"),
            Column.optional("day", "日期"),
            Column.optional("urgent", "加急"));

    private static Sheet csv(String text) {
        return read("x.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Sheet read(String fileName, byte[] content) {
        return Sheet.read(new Upload(fileName, content), COLUMNS);
    }

    private static SheetRow cell(String column, String value) {
        return csv("code," + column + "\nA,\"" + value + "\"\n").rows().get(0);
    }

    private static List<Fault> refusal(String fileName, byte[] content) {
        List<Fault> faults = new ArrayList<>();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read(fileName, content))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(RefusedException.Kind.INVALID);
                    faults.addAll(e.faults());
                });
        return faults;
    }

    private static void assertRefused(String fileName, byte[] content, String message) {
        assertThat(refusal(fileName, content))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains(message));
    }

    private static void assertFault(SheetRow row, String field, String message) {
        assertThat(row.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.row()).isEqualTo(row.number());
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.message()).contains(message);
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class Files {

        @Test
        void anEmptyFileIsRefused() {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> new Upload("x.csv", new byte[0]))
                    .withMessageContaining("空");
            assertRefused("x.csv", utf8("\n\n"), "空");
            assertRefused("x.xlsx", Workbooks.workbook(sheet -> {}), "空");
            assertRefused("x.csv", utf8("编码,名称\n"), "没有数据行");
        }

        @Test
        void aFileOverTwentyMegabytesIsRefused() {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> new Upload("x.csv", new byte[Upload.MAX_BYTES + 1]))
                    .withMessageContaining("20 MB");
        }

        @Test
        void whatIsNoSpreadsheetIsRefused() {
            assertRefused("x.pdf", utf8("%PDF-1.7"), "只能导入 .xlsx 或 .csv");
            assertRefused("x.xlsx", utf8("code\nA\n"), "不是有效的 .xlsx");
            assertRefused("x.xlsx", new byte[] {'P', 'K', 3, 4, 0, 0}, "不是有效的 .xlsx");
            assertRefused("x.xlsx", Workbooks.zip(Map.of("readme.txt", utf8("hello"))), "压缩包");
        }

        @Test
        void theOldFormatAndPasswordsAreToldApart() {
            byte[] old = new byte[600];
            System.arraycopy(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, 0, old, 0, 4);
            assertRefused("x.xls", old, ".xls");
            byte[] locked = old.clone();
            byte[] mark = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
            System.arraycopy(mark, 0, locked, 200, mark.length);
            assertRefused("x.xlsx", locked, "密码");
        }

        @Test
        void moreThanFiftyThousandRowsAreRefused() {
            String rows = "A\n".repeat(RowCollector.MAX_ROWS);
            assertThat(csv("code\n" + rows).rows()).hasSize(RowCollector.MAX_ROWS);
            assertRefused("x.csv", utf8("code\n" + rows + "A\n"), "50,000");
        }

        @Test
        void moreThanAHundredColumnsAreRefused() {
            assertRefused("x.csv", utf8("code" + ",".repeat(100) + "x\nA\n"), "100 列");
        }

        @Test
        void severalFilledSheetsAreRefusedForOneOfThemWouldBeLost() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (var workbook = new org.dhatim.fastexcel.Workbook(out, "test", null)) {
                var first = workbook.newWorksheet("一月");
                first.value(0, 0, "编码");
                first.value(1, 0, "A");
                workbook.newWorksheet("空表");
                workbook.newWorksheet("二月").value(0, 0, "编码");
            }
            assertRefused("x.xlsx", out.toByteArray(), "一月、二月");
        }
    }

    @Nested
    class Encodings {

        private static final String TEXT = "编码,名称\nA,上海镕成机电有限公司\n";

        @ParameterizedTest
        @ValueSource(strings = {"UTF-8", "GB18030", "GBK"})
        void chineseFilesAreReadAsTheyCome(String charset) {
            Sheet sheet = read("x.csv", TEXT.getBytes(Charset.forName(charset)));
            assertThat(sheet.rows().get(0).text("name", 50)).isEqualTo("上海镕成机电有限公司");
        }

        @Test
        void aByteOrderMarkIsNoPartOfTheHeader() {
            assertThat(csv("\uFEFF" + TEXT).rows().get(0).code("code", 10)).isEqualTo("A");
        }

        @ParameterizedTest
        @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
        void utf16IsRefused(String charset) {
            assertThat(refusal("x.csv", "code,name\nA,B\n".getBytes(Charset.forName(charset))))
                    .anySatisfy(fault -> assertThat(fault.message()).contains("UTF-16"));
        }

        @ParameterizedTest
        @CsvSource({"ISO-8859-1, México und Königsberg", "Big5, 台灣電子儀器股份有限公司", "Shift_JIS, 東京センサー株式会社です"})
        void otherEncodingsAreRefusedAndNotReadAsNonsense(String charset, String name) {
            assertRefused("x.csv", ("code,name\nA," + name + "\n").getBytes(Charset.forName(charset)), "编码");
        }

        @Test
        void aBrokenUtf8FileIsRefused() {
            byte[] bytes = utf8("\uFEFFcode,name\nA,上海\n");
            byte[] cut = Arrays.copyOf(bytes, bytes.length - 2);
            assertRefused("x.csv", cut, "标明是 UTF-8");
        }
    }

    @Nested
    class Headers {

        @Test
        void unknownDoubleAndMissingColumnsAreAllNamed() {
            assertThat(refusal("x.csv", utf8("名称,name,颜色\nA,B,C\n")))
                    .extracting(Fault::row, Fault::field, Fault::message)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1, "name", "列“名称”（name）出现了两次"),
                            org.assertj.core.groups.Tuple.tuple(1, "颜色", "不认识的列“颜色”"),
                            org.assertj.core.groups.Tuple.tuple(1, "code", "缺少列“编码”（code）"));
        }

        @Test
        void aValueWithoutAColumnNameIsNotLostSilently() {
            assertRefused("x.csv", utf8("code\nA\nB,surplus\n"), "第 2 列有内容却没有列名");
        }

        @Test
        void chineseAndEnglishNamesMixInAnyOrder() {
            SheetRow row = csv(" 名称 ,CODE\n泵,A-1\n").rows().get(0);
            assertThat(row.code("code", 10)).isEqualTo("A-1");
            assertThat(row.text("name", 10)).isEqualTo("泵");
            assertThat(row.amount("amount")).isNull();
            assertThat(row.faults()).isEmpty();
        }

        @Test
        void rowsHaveTheNumbersASpreadsheetShows() {
            Sheet sheet = csv("code,name\nA,\"two\nlines\"\n\n,\nB,x\n");
            assertThat(sheet.rows()).extracting(SheetRow::number).containsExactly(2, 5);
        }

        @Test
        void anotherSeparatorIsNamed() {
            assertThat(refusal("x.csv", utf8("code;name\nA;B\n")))
                    .anySatisfy(fault -> assertThat(fault.message()).contains("英文逗号"));
        }

        @Test
        void anUnclosedQuoteIsRefused() {
            assertRefused("x.csv", utf8("code,name\nA,\"x\nB,y\n"), "引号");
        }
    }

    @Nested
    class Texts {

        @ParameterizedTest
        @ValueSource(strings = {"a\u0000b", "a\u0007b", "a\u200Bb", "a\u202Eb", "a\uFFFDb", "two\nlines", "a\tb"})
        void whatCannotBeSeenIsRefused(String text) {
            SheetRow row = cell("name", text);
            assertThat(row.text("name", 50)).isNull();
            assertFault(row, "name", "名称：");
        }

        @Test
        void aTextOfSeveralLinesIsTakenWhereItMayBe() {
            assertThat(cell("name", "two\nlines").lines("name", 50)).isEqualTo("two\nlines");
        }

        @Test
        void blanksAroundAreCutAndLengthIsLimited() {
            assertThat(cell("name", " \u00A0\u3000泵 \u3000").text("name", 50)).isEqualTo("泵");
            SheetRow row = cell("name", "123456");
            assertThat(row.text("name", 5)).isNull();
            assertFault(row, "name", "不能超过 5 个字符");
        }

        @ParameterizedTest
        @ValueSource(strings = {"=cmd|' /C calc'!A0", "+86 21 5550 0100", "-1", "@sum", "<script>alert(1)</script>"})
        void formulasAndMarkupAreKeptAsPlainText(String text) {
            assertThat(cell("name", text).text("name", 50)).isEqualTo(text);
        }

        @Test
        void anEmptyRequiredCellIsAFault() {
            SheetRow row = csv("code,name\n ,x\n").rows().get(0);
            assertThat(row.code("code", 10)).isNull();
            assertFault(row, "code", "不能为空");
        }

        @Test
        void wideCharactersInACodeAreRefused() {
            SheetRow row = csv("code\nＡ１\n").rows().get(0);
            assertThat(row.code("code", 10)).isNull();
            assertFault(row, "code", "全角");
        }
    }

    @Nested
    class Numbers {

        @ParameterizedTest
        @CsvSource({
            "abc, 不是数字",
            "'1,234.50', 千分位",
            "1E3, 不是数字",
            "¥12, 不是数字",
            "１２, 全角",
            "-0.01, 不能为负数",
            "12.345, 最多 2 位小数",
            "123456789012345678901234567890, 太大",
            "99999999999999, 太大",
            "0x10, 不是数字",
            "NaN, 不是数字",
            "12., 不是数字"
        })
        void whatIsNoAmountIsRefused(String text, String message) {
            SheetRow row = cell("amount", text);
            assertThat(row.amount("amount")).isNull();
            assertFault(row, "amount", message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-3", "1.5", "10000000", "３"})
        void whatIsNoQuantityIsRefused(String text) {
            SheetRow row = cell("quantity", text);
            assertThat(row.quantity("quantity")).isNull();
            assertFault(row, "quantity", "数量：");
        }

        @Test
        void amountsComeWithTheirDecimals() {
            assertThat(cell("amount", "12.2").amount("amount")).isEqualTo(new BigDecimal("12.20"));
            assertThat(cell("amount", "12.24").price("amount")).isEqualTo(new BigDecimal("12.2400"));
            assertThat(cell("amount", "12.3400").amount("amount")).isEqualTo(new BigDecimal("12.34"));
            assertThat(cell("quantity", "5").quantity("quantity")).isEqualTo(5);
        }

        /** What Excel writes for 12.24 after a calculation. */
        @Test
        void theNoiseOfBinaryNumbersIsNotRead() {
            SheetRow row =
                    xlsx("<c r=\"B2\"><v>12.239999999999998</v></c><c r=\"C2\"><v>1.0E-2</v></c>", "amount,quantity");
            assertThat(row.amount("amount")).isEqualTo(new BigDecimal("12.24"));
            assertThat(row.amount("quantity")).isEqualTo(new BigDecimal("0.01"));
            assertThat(row.faults()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1E2147483647", "1E400", "1E-400"})
        void numbersBeyondAllMeasureAreRefused(String raw) {
            SheetRow row = xlsx("<c r=\"B2\"><v>" + raw + "</v></c>", "amount");
            assertThat(row.amount("amount")).isNull();
            assertFault(row, "amount", "超出范围");
        }

        @Test
        void aLongNumberWhoseLastDigitsTheSpreadsheetLostIsRefusedAsACode() {
            SheetRow row = xlsx("<c r=\"B2\"><v>6222021234567890123</v></c>", "name");
            assertThat(row.code("name", 40)).isNull();
            assertFault(row, "name", "15 位");
        }

        @Test
        void aNumericCodeIsReadAsTheSpreadsheetShowsIt() {
            Sheet sheet = read("x.xlsx", Workbooks.workbook(s -> {
                s.value(0, 0, "编码");
                s.value(1, 0, 42);
                s.value(2, 0, 42);
                s.style(2, 0).format("00000").set();
            }));
            assertThat(sheet.rows()).extracting(row -> row.code("code", 10)).containsExactly("42", "00042");
        }
    }

    @Nested
    class Dates {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "20226-11-22",
                    "1989-12-31",
                    "2101-01-01",
                    "2026-02-30",
                    "22/11/2026",
                    "11-22-2026",
                    "26-11-22",
                    "2026-11/22",
                    "2026.11.22",
                    "20261122",
                    "明天",
                    "２０２６-11-22",
                    "2026-11-22 10:00"
                })
        void whatIsNoDayIsRefused(String text) {
            SheetRow row = cell("day", text);
            assertThat(row.date("day")).isNull();
            assertFault(row, "day", "日期：");
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-11-22", "2026/11/22", "2026-11-22 00:00:00"})
        void daysAreReadBothWays(String text) {
            assertThat(cell("day", text).date("day")).isEqualTo(LocalDate.of(2026, 11, 22));
        }

        @ParameterizedTest
        @CsvSource({
            "2026-11-22, 2026-11-21T16:00:00Z",
            "2026/11/22 9:30, 2026-11-22T01:30:00Z",
            "2026-11-22T09:30:15, 2026-11-22T01:30:15Z",
            "2026-11-22T09:30:15+09:00, 2026-11-22T00:30:15Z"
        })
        void momentsAreInShanghaiUnlessTheySayOtherwise(String text, Instant expected) {
            assertThat(cell("day", text).timestamp("day")).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1900-01-01T00:00:00Z", "+20226-11-22T10:00:00+08:00"})
        void anOffsetDoesNotMakeAMomentOfAnotherAge(String text) {
            SheetRow row = cell("day", text);
            assertThat(row.timestamp("day")).isNull();
            assertThat(row.isFaulty()).isTrue();
        }

        @Test
        void spreadsheetDatesAreReadAndBareNumbersAreNot() {
            Sheet sheet = read("x.xlsx", Workbooks.workbook(s -> {
                s.value(0, 0, "编码");
                s.value(0, 1, "日期");
                for (int row = 1; row <= 3; row++) {
                    s.value(row, 0, "A");
                }
                s.value(1, 1, LocalDate.of(2026, 11, 22));
                s.style(1, 1).format("yyyy\"年\"m\"月\"d\"日\"").set();
                s.value(2, 1, LocalDateTime.of(2026, 11, 22, 9, 30));
                s.style(2, 1).format("yyyy/m/d h:mm").set();
                s.value(3, 1, 46348);
            }));
            assertThat(sheet.rows().get(0).date("day")).isEqualTo(LocalDate.of(2026, 11, 22));
            assertThat(sheet.rows().get(1).timestamp("day")).isEqualTo(Instant.parse("2026-11-22T01:30:00Z"));
            SheetRow number = sheet.rows().get(2);
            assertThat(number.date("day")).isNull();
            assertFault(number, "day", "日期格式");
            SheetRow dateAsCode = read("x.xlsx", Workbooks.workbook(s -> {
                        s.value(0, 0, "编码");
                        s.value(1, 0, LocalDate.of(2026, 1, 2));
                        s.style(1, 0).format("m-d").set();
                    }))
                    .rows()
                    .get(0);
            assertThat(dateAsCode.code("code", 10)).isNull();
            assertFault(dateAsCode, "code", "日期");
        }
    }

    @Nested
    class Choices {

        @ParameterizedTest
        @CsvSource({"true, true", "YES, true", "是, true", "1, true", "FALSE, false", "否, false", "0, false", "'', false"
        })
        void flagsAreReadInBothLanguages(String text, boolean expected) {
            SheetRow row = cell("urgent", text);
            assertThat(row.flag("urgent")).isEqualTo(expected);
            assertThat(row.faults()).isEmpty();
        }

        @Test
        void otherWordsAreRefusedWithTheOnesThatMayStand() {
            SheetRow row = cell("urgent", "maybe");
            row.flag("urgent");
            assertFault(row, "urgent", "“maybe”不是可用的值，请填 0、1、false、no、true、yes、否、是 之一");
        }
    }

    @Nested
    class FormulasAndMerges {

        @Test
        void aFormulaGivesTheResultItWasSavedWith() {
            SheetRow row = xlsx(
                    "<c r=\"B2\"><f>6*2.04</f><v>12.239999999999998</v></c>"
                            + "<c r=\"C2\" t=\"str\"><f>A2&amp;\"x\"</f><v>Ax</v></c>",
                    "amount,name");
            assertThat(row.amount("amount")).isEqualTo(new BigDecimal("12.24"));
            assertThat(row.text("name", 10)).isEqualTo("Ax");
        }

        @Test
        void aFormulaWithoutAResultIsAFault() {
            SheetRow row = xlsx("<c r=\"B2\"><f>SUM(A1:A9)</f></c>", "amount");
            assertThat(row.amount("amount")).isNull();
            assertFault(row, "amount", "公式没有计算结果");
        }

        @Test
        void anErrorValueIsAFault() {
            SheetRow row = xlsx(
                    "<c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"C2\" t=\"e\"><v>#N/A</v></c>",
                    "amount,name");
            assertThat(row.amount("amount")).isNull();
            assertThat(row.text("name", 10)).isNull();
            assertThat(row.faults())
                    .extracting(Fault::message)
                    .containsExactly("金额：单元格是错误值 #DIV/0!", "名称：单元格是错误值 #N/A");
        }

        @Test
        void mergedCellsAreRefusedByTheirRange() {
            byte[] content = Workbooks.workbook(s -> {
                s.value(0, 0, "编码");
                s.value(1, 0, "A");
                s.range(1, 0, 3, 0).merge();
            });
            assertRefused("x.xlsx", content, "A2:A4");
        }

        @Test
        void hiddenRowsCount() {
            Sheet sheet = read("x.xlsx", Workbooks.workbook(s -> {
                s.value(0, 0, "编码");
                s.value(1, 0, "A");
                s.value(2, 0, "B");
                s.hideRow(1);
            }));
            assertThat(sheet.rows()).hasSize(2);
        }
    }

    @Nested
    class Attacks {

        @Test
        void aZipBombIsRefusedBeforeItIsUnpacked() {
            Map<String, byte[]> parts = Workbooks.parts("<worksheet/>");
            parts.put("xl/worksheets/sheet2.xml", utf8("<worksheet>" + " ".repeat(30_000_000)));
            assertRefused("x.xlsx", Workbooks.zip(parts), "异常庞大");
        }

        @Test
        void aBombThatIsNoXmlIsRefusedToo() {
            Map<String, byte[]> parts = Workbooks.parts("<worksheet/>");
            parts.put("xl/media/image1.png", new byte[30_000_000]);
            assertRefused("x.xlsx", Workbooks.zip(parts), "异常庞大");
        }

        @Test
        void aPartThatIsHugeIsRefusedHoweverHonestlyItIsPacked() {
            Map<String, byte[]> parts = Workbooks.parts("<worksheet/>");
            parts.put("xl/media/image1.png", packedThirtyTimes(101));
            assertRefused("x.xlsx", Workbooks.zip(parts), "异常庞大");
        }

        @Test
        void manyPartsThatAreHugeTogetherAreRefused() {
            Map<String, byte[]> parts = Workbooks.parts("<worksheet/>");
            byte[] large = packedThirtyTimes(67);
            for (int i = 0; i < 3; i++) {
                parts.put("xl/media/image" + i + ".png", large);
            }
            assertRefused("x.xlsx", Workbooks.zip(parts), "异常庞大");
        }

        @Test
        void moreThanAThousandPartsAreRefused() {
            Map<String, byte[]> parts = Workbooks.parts("<worksheet/>");
            for (int i = 0; i < 1000; i++) {
                parts.put("xl/media/image" + i + ".png", new byte[0]);
            }
            assertRefused("x.xlsx", Workbooks.zip(parts), "异常庞大");
        }

        @Test
        void moreThanAThousandArrayFormulasAreRefused() {
            String formula = "<c r=\"A1\"><f t=\"array\" ref=\"A1:XFD1048576\">1</f><v>1</v></c>";
            byte[] content = Workbooks.ofXml("<sheetData><row r=\"1\">" + formula.repeat(1001) + "</row></sheetData>");
            assertRefused("x.xlsx", content, "数组公式");
        }

        @Test
        void anEncryptedPartIsNamed() {
            byte[] content = Workbooks.zip(Workbooks.parts("<worksheet/>"));
            for (int i = 0; i + 8 < content.length; i++) {
                if (content[i] == 'P' && content[i + 1] == 'K') {
                    // the first bit of the flags, in the header of the part and in the directory
                    int flags = content[i + 2] == 3 ? 6 : content[i + 2] == 1 ? 8 : -1;
                    if (flags > 0) {
                        content[i + flags] |= 1;
                    }
                }
            }
            assertRefused("x.xlsx", content, "加密");
        }

        private static byte[] packedThirtyTimes(int megabytes) {
            byte[] content = new byte[megabytes * 1024 * 1024];
            Random random = new Random(1);
            byte[] noise = new byte[16 * 1024];
            for (int i = 0; i < content.length; i += 512 * 1024) {
                random.nextBytes(noise);
                System.arraycopy(noise, 0, content, i, noise.length);
            }
            return content;
        }

        @Test
        void documentTypesAndEntitiesAreRefused() {
            byte[] content = Workbooks.zip(Workbooks.parts("""
                    <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>
                    <worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>"""));
            assertRefused("x.xlsx", content, "DTD");
        }

        @Test
        void anAddressFarOutsideTheSheetIsRefused() {
            byte[] content = Workbooks.ofXml("<sheetData><row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row></sheetData>");
            assertRefused("x.xlsx", content, "损坏");
        }

        @Test
        void aBrokenSheetIsRefused() {
            assertRefused("x.xlsx", Workbooks.zip(Workbooks.parts("<worksheet><sheetData><row")), "损坏");
            assertRefused(
                    "x.xlsx",
                    Workbooks.ofXml("<sheetData><row r=\"1\"><c r=\"A1\" t=\"what\"><v>1</v></c></row></sheetData>"),
                    "损坏");
        }

        @Test
        void aSharedTextThatIsNotThereIsAFault() {
            SheetRow row = xlsx("<c r=\"B2\" t=\"s\"><v>7</v></c>", "name");
            assertThat(row.text("name", 10)).isNull();
            assertFault(row, "name", "损坏");
        }
    }

    /** F4: the rows again with what is wrong, to be corrected and uploaded once more. */
    @Nested
    class Reports {

        @Test
        void theReportCanBeReadAgainAndNoTextInItIsAFormula() throws IOException {
            Upload upload = new Upload("x.csv", utf8("编码,名称,金额\n007,=cmd|' /C calc'!A0,1\nB,+86 21,abc\n"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            FaultReport.write(upload, COLUMNS, List.of(new Fault(3, "amount", "金额：“abc”不是数字")), out);

            byte[] report = out.toByteArray();
            try (var workbook =
                    new org.dhatim.fastexcel.reader.ReadableWorkbook(new java.io.ByteArrayInputStream(report))) {
                var rows = workbook.getFirstSheet().read();
                assertThat(rows.get(0).getCellText(3)).isEqualTo("错误");
                assertThat(rows.get(1).getCellText(1)).isEqualTo("'=cmd|' /C calc'!A0");
                assertThat(rows.get(1).getCell(1).getFormula()).isNull();
                assertThat(rows.get(2).getCellText(3)).isEqualTo("金额：“abc”不是数字");
            }
            Sheet again = read("report.xlsx", report);
            assertThat(again.rows()).extracting(row -> row.code("code", 10)).containsExactly("007", "B");
            assertThat(again.rows())
                    .extracting(row -> row.text("name", 50))
                    .containsExactly("=cmd|' /C calc'!A0", "+86 21");
        }

        @Test
        void aTemplateCanBeFilledInAndRead() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SheetWriter.writeTemplate("模板", COLUMNS, out);
            assertRefused("x.xlsx", out.toByteArray(), "没有数据行");
        }
    }

    /** A row of a workbook with the code A in its first column and the given cells after it. */
    private static SheetRow xlsx(String cells, String columns) {
        StringBuilder header = new StringBuilder("<c r=\"A1\" t=\"inlineStr\"><is><t>code</t></is></c>");
        String[] names = columns.split(",");
        for (int i = 0; i < names.length; i++) {
            header.append("<c r=\"%c1\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted('B' + i, names[i]));
        }
        return read(
                        "x.xlsx",
                        Workbooks.ofXml("<sheetData><row r=\"1\">" + header + "</row><row r=\"2\">"
                                + "<c r=\"A2\" t=\"inlineStr\"><is><t>A</t></is></c>" + cells + "</row></sheetData>"))
                .rows()
                .get(0);
    }
}

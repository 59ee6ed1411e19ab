package com.shunpi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.shunpi.ShunpiTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A9: everybody reads the calendar, a process owner enters a year's notice. */
@ShunpiTest
class CalendarApiTest {

    /** A year that no other test counts in. */
    private static final String NOTICE = """
            {"notice": "国办发明电〔2089〕1号", "days": [
              {"date": "2090-10-02", "working": false, "note": "国庆节"},
              {"date": "2090-10-07", "working": true, "note": "国庆节调休"}]}
            """;

    @Autowired
    MockMvc mvc;

    @Autowired
    WorkingDays workingDays;

    @Test
    void onlyAProcessOwnerOrAdministratorChangesIt() throws Exception {
        mvc.perform(put(2091, NOTICE)).andExpect(status().isUnauthorized());
        mvc.perform(put(2091, NOTICE).with(httpBasic("assistant1", "demo"))).andExpect(status().isForbidden());
        mvc.perform(put(2091, NOTICE).with(httpBasic("manager", "demo"))).andExpect(status().isForbidden());
    }

    @Test
    void aMakeUpDayInMidweekIsRefusedByItsPlace() throws Exception {
        mvc.perform(put(2090, NOTICE.replace("2090-10-07", "2090-10-09")).with(httpBasic("owner", "demo")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value("days[1]"));
        mvc.perform(put(1234, NOTICE).with(httpBasic("owner", "demo"))).andExpect(status().isBadRequest());
    }

    @Test
    void aPublishedYearCountsAtOnce() throws Exception {
        mvc.perform(put(2090, NOTICE).with(httpBasic("owner", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.changedBy").value("owner"));

        assertThat(workingDays.plus(LocalDate.of(2090, 9, 29), 3)).isEqualTo("2090-10-05");
        assertThat(workingDays.isWorkingDay(LocalDate.of(2090, 10, 7))).isTrue();
        mvc.perform(get("/api/calendar/2090").with(httpBasic("rep1", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.notice").value("国办发明电〔2089〕1号"))
                .andExpect(jsonPath("$.days", hasSize(2)));
    }

    @Test
    void aSheetOfOneWhoMayNotIsRefused() throws Exception {
        for (String user : new String[] {"assistant1", "manager", "gm"}) {
            mvc.perform(sheet("年度,通知文号,日期,上班,节日\n2092,通知,2092-10-01,否,国庆节\n").with(httpBasic(user, "demo")))
                    .andExpect(status().isForbidden());
        }
    }

    @Test
    void aYearWithOneWrongDayIsNotTakenAndTheOtherYearIs() throws Exception {
        // 9 October 2092 is a Thursday: no make-up day
        mvc.perform(sheet("""
                        年度,通知文号,日期,上班,节日
                        2092,国办发明电〔2091〕1号,2092-10-01,否,国庆节
                        2092,国办发明电〔2091〕1号,2092-10-09,是,国庆节调休
                        2093,国办发明电〔2092〕1号,2093-10-01,否,国庆节
                        2094,国办发明电〔2093〕1号,2094-10-01,否,国庆节
                        2094,国办发明电〔2093〕2号,2094-10-02,不知道,国庆节
                        """).with(httpBasic("owner", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.accepted").value(1))
                .andExpect(jsonPath("$.rejected").value(2))
                .andExpect(jsonPath("$.rows[0].key").value("2092"))
                .andExpect(jsonPath("$.rows[0].errors", hasSize(1)))
                .andExpect(jsonPath("$.rows[0].errors[0].row").value(3))
                .andExpect(jsonPath("$.rows[0].errors[0].field").value("date"))
                .andExpect(jsonPath("$.rows[2].errors[*].field").value(containsInAnyOrder("notice", "working")));
        assertThat(workingDays.isWorkingDay(LocalDate.of(2092, 10, 1))).isTrue();
        assertThat(workingDays.isWorkingDay(LocalDate.of(2093, 10, 1))).isFalse();
    }

    @Test
    void aSheetIsTakenOnceAndComesBackAsItWas() throws Exception {
        String sheet = "year,notice,date,working,note\n2095,N1,2095-10-03,否,国庆节\n2095,N1,2095-10-08,是,国庆节调休\n";
        mvc.perform(sheet(sheet).with(httpBasic("owner", "demo")))
                .andExpect(jsonPath("$.rows[0].status").value("accepted"));
        mvc.perform(sheet(sheet).with(httpBasic("owner2", "demo")))
                .andExpect(jsonPath("$.duplicates").value(1));
        byte[] download = mvc.perform(get("/api/calendar/2095/sheet.xlsx").with(httpBasic("owner", "demo")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        mvc.perform(multipart("/api/calendar/import")
                        .file(new MockMultipartFile("file", "2095.xlsx", null, download))
                        .with(httpBasic("owner", "demo")))
                .andExpect(jsonPath("$.duplicates").value(1))
                .andExpect(jsonPath("$.rejected").value(0));
        mvc.perform(sheet(sheet.replace("2095-10-03", "2095-10-04")).with(httpBasic("owner", "demo")))
                .andExpect(jsonPath("$.rows[0].status").value("updated"));
        assertThat(workingDays.isWorkingDay(LocalDate.of(2095, 10, 3))).isTrue();
    }

    private static MockHttpServletRequestBuilder sheet(String csv) {
        return multipart("/api/calendar/import")
                .file(new MockMultipartFile("file", "日历.csv", null, csv.getBytes(StandardCharsets.UTF_8)));
    }

    private static MockHttpServletRequestBuilder put(int year, String body) {
        return org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put("/api/calendar/" + year)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }
}
